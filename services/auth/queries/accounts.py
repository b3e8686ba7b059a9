"""Reads accounts: by name, by id, and what of them is sealed."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.auth.models import Account, AccountProgramme
from services.auth.rules import accounts, usernames
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.vault import vault
from shared.programmes.catalogue import PROGRAMMES


class Contact(NamedTuple):
    """What is sealed of an account's owner."""

    email: str
    mobile: str | None


async def by_name(session: Session, username: str) -> Account | None:
    """The account with that username, in whatever spelling."""
    found = await session.execute(select(Account).where(col(Account.username_key) == usernames.key(username)))
    return found.scalar_one_or_none()


async def one(session: Session, account_id: UUID) -> Account:
    """The account, to be looked at; refused as Missing where there is none."""
    found = await session.execute(select(Account).where(col(Account.id) == account_id))
    account = found.scalar_one_or_none()
    if account is None:
        raise Missing
    return account


async def held(session: Session, account_id: UUID) -> Account:
    """The account, to be changed: nobody else changes it until this transaction ends."""
    found = await session.execute(select(Account).where(col(Account.id) == account_id).with_for_update())
    account = found.scalar_one_or_none()
    if account is None:
        raise Missing
    return account


async def contact(session: Session, account: Account) -> Contact:
    """The account's address and telephone in clear."""
    places = [(account.email, "account", "email", account.id)]
    if account.mobile is not None:
        places.append((account.mobile, "account", "mobile", account.id))
    email, *mobile = await vault().open_many(session, account.id, places)
    return Contact(str(email), str(mobile[0]) if mobile else None)


async def programmes(session: Session, account: Account) -> tuple[str, ...]:
    """The programmes whose profile the account may open."""
    rows = await session.execute(
        select(col(AccountProgramme.programme)).where(col(AccountProgramme.account_id) == account.id)
    )
    return accounts.programmes_of(account.opened_by, rows.scalars(), PROGRAMMES)
