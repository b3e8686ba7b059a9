"""Takes back what an import opened: accounts that nobody has used are gone, as if they had never been."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import col

from services.auth.actions import telling
from services.auth.models import Account, AccountProgramme, ImportRow, Notice, PasswordLink, PeopleImport
from services.auth.queries import accounts
from shared.kit.database import Session
from shared.kit.vault import vault


async def undo(session: Session, listed: PeopleImport, rows: Sequence[ImportRow]) -> None:
    """Take the accounts and programmes of these rows back; who has logged in meanwhile keeps theirs.

    Tells `AccountChanged`: disabled and without programmes for an account that is gone.
    """
    ended = [await _undo(session, listed, row) for row in rows]
    if ended:
        await session.execute(update(ImportRow), ended)


async def _undo(session: Session, listed: PeopleImport, row: ImportRow) -> dict[str, Any]:
    """One row."""
    found = await session.execute(select(Account).where(col(Account.id) == row.account_id).with_for_update())
    account = found.scalar_one_or_none()
    if account is None:
        return {"id": row.id, "outcome": "undone", "account_id": None}
    if account.last_login_at is not None and listed.run_at is not None and account.last_login_at >= listed.run_at:
        return {"id": row.id, "outcome": row.outcome, "account_id": account.id}
    await session.execute(
        delete(AccountProgramme).where(
            col(AccountProgramme.account_id) == account.id, col(AccountProgramme.programme) == listed.programme
        )
    )
    if row.outcome == "created" and not await accounts.programmes(session, account):
        await _close(session, account)
    else:
        await telling.changed(session, account)
    return {"id": row.id, "outcome": "undone", "account_id": None}


async def _close(session: Session, account: Account) -> None:
    """Tell that the account is over, then leave nothing of it but its erased key."""
    account.disabled_at, account.id_index = account.opened_at, None
    await telling.changed(session, account)
    for table in (Notice, PasswordLink):
        await session.execute(delete(table).where(col(table.account_id) == account.id))
    await session.execute(delete(Account).where(col(Account.id) == account.id))
    await vault().erase(session, account.id)
    session.expunge(account)
