"""What an operator does by command: appoints administrators, renews a password that nobody knows."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col

from services.auth.actions import telling
from services.auth.actions.hashing import Secret, hashing, initial_of, new_initial_password
from services.auth.actions.noting import note_account
from services.auth.actions.opening import Opening, open_account
from services.auth.actions.registration import taken
from services.auth.actions.sessions import Ended, end_all
from services.auth.models import Account, Passkey
from services.auth.queries import accounts
from services.auth.rules import contacts, passwords, usernames
from services.auth.rules.accounts import context
from services.auth.settings import settings
from shared.contracts.refusals import Invalid, Missing
from shared.kit.clock import now_sql
from shared.kit.database import Session


@dataclass(frozen=True, slots=True)
class Appointed:
    """Somebody whom an operator appoints."""

    username: str
    name: str
    email: str
    password: str
    roles: tuple[str, ...] = ("administrator",)


async def appoint(session: Session, someone: Appointed) -> UUID:
    """Open an account with a password of their own; every fault at once. Tells `AccountOpened`."""
    email = contacts.email(someone.email, trial=not settings().smtp_url)
    words = context(someone.username, someone.name, someone.email)
    found = [
        usernames.fault(someone.username),
        None if email else contacts.email_fault(),
        passwords.fault(someone.password, someone.roles, words, field="password"),
    ]
    faults = [fault for fault in found if fault is not None]
    if faults or email is None:
        raise Invalid(faults=faults)
    account = await open_account(
        session,
        Opening(
            username=someone.username,
            name=someone.name,
            email=email,
            opened_by="operator",
            roles=someone.roles,
            secret=await hashing().keep(someone.password),
        ),
    )
    if account is None:
        raise taken(usernames.written(someone.username))
    await telling.opened(session, account)
    await note_account(session, None, "account_opened", account.id, role=someone.roles[0])
    return account.id


async def renew_password(session: Session, username: str, *, with_passkeys: bool = False) -> tuple[str, Ended]:
    """Give the account an initial password again, to be told to its owner; every session ends.

    `with_passkeys`: its passkeys are lost and revoked as well, so that the password lets in where one was asked for.
    """
    account = await accounts.by_name(session, username)
    if account is None:
        raise Missing
    password, days = new_initial_password(), settings().initial_days
    secret = Secret("initial", initial_of(password))
    await session.execute(
        update(Account)
        .where(col(Account.id) == account.id)
        .values(
            password=secret.value,
            password_kind=secret.kind,
            password_version=col(Account.password_version) + 1,
            password_ends_at=now_sql() + timedelta(days=days) if days else None,
            must_change_password=True,
        )
    )
    await note_account(session, None, "password_renewed", account.id)
    ended = await end_all(session, account.id)
    if with_passkeys:
        await session.execute(delete(Passkey).where(col(Passkey.account_id) == account.id))
        await note_account(session, None, "passkeys_revoked", account.id)
    return password, ended
