"""Takes back what an import opened: accounts that nobody has used are gone, as if they had never been."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlmodel import col

from services.auth.actions import telling
from services.auth.models import Account, AccountProgramme, ImportRow, Notice, PasswordLink, PeopleImport
from shared.contracts.events import AccountChanged
from shared.kit.database import Session
from shared.kit.outbox import tell
from shared.kit.vault import vault


async def undo(session: Session, listed: PeopleImport, rows: Sequence[ImportRow]) -> None:
    """Take the accounts and programmes of these rows back; who has logged in meanwhile keeps theirs.

    Tells `AccountChanged`: disabled, without programmes and address for an account that is gone.
    """
    outcomes = {row.account_id: row.outcome for row in rows if row.account_id is not None}
    held = await _unused(session, listed, outcomes)
    await session.execute(
        delete(AccountProgramme).where(
            col(AccountProgramme.account_id).in_(held), col(AccountProgramme.programme) == listed.programme
        )
    )
    busy = await _with_programmes(session, held)
    gone = {one: held[one] for one in held if outcomes[one] == "created" and one not in busy}
    for one in held.keys() - gone.keys():
        await telling.changed(session, held[one])
    await _forget(session, list(gone.values()))
    ended: list[dict[str, Any]] = [
        {"id": row.id, "outcome": "undone", "account_id": None}
        for row in rows
        if row.account_id is None or row.account_id in held
    ]
    if ended:
        await session.execute(update(ImportRow), ended)


async def _unused(session: Session, listed: PeopleImport, wanted: Collection[UUID]) -> dict[UUID, Account]:
    """The accounts that nobody has logged in to since the run, held in one order."""
    found = await session.execute(
        select(Account)
        .where(
            col(Account.id).in_(wanted),
            col(Account.last_login_at).is_(None) | (col(Account.last_login_at) < listed.run_at),
        )
        .order_by(col(Account.id))
        .with_for_update()
    )
    return {account.id: account for account in found.scalars()}


async def _with_programmes(session: Session, wanted: Collection[UUID]) -> set[UUID]:
    """Those of the accounts that may open the profile of some other programme."""
    found = await session.execute(
        select(col(AccountProgramme.account_id)).where(col(AccountProgramme.account_id).in_(wanted)).distinct()
    )
    return set(found.scalars())


async def _forget(session: Session, gone: Sequence[Account]) -> None:
    """Tell that these accounts are over, then leave nothing of them but erased keys."""
    for account in gone:
        tell(session, _farewell(account))
        session.expunge(account)
    ids = [account.id for account in gone]
    for table in (Notice, PasswordLink):
        await session.execute(delete(table).where(col(table.account_id).in_(ids)))
    await session.execute(delete(Account).where(col(Account.id).in_(ids)))
    await vault().erase(session, *ids)


def _farewell(account: Account) -> AccountChanged:
    """The last that is told of an account."""
    return AccountChanged(
        account_id=account.id,
        version=account.version + 1,
        username=account.username,
        name=account.name,
        email="",
        language="zh",
        mail_mode="each",
        roles=("applicant",),
        organization_id=None,
        programmes=(),
        disabled=True,
    )
