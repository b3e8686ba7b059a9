"""Opens an account: the one way in, whoever opens it and for whatever."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.auth.actions.hashing import Secret
from services.auth.models import Account, AccountProgramme
from services.auth.rules import contacts, usernames
from services.auth.rules.accounts import readings
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.vault import Json, vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An account that is to be opened; what applies to no such account is left out."""

    username: str
    name: str
    email: str
    opened_by: str
    roles: tuple[str, ...] = ("applicant",)
    mobile: str | None = None
    organization_id: UUID | None = None
    programme: str | None = None
    secret: Secret = field(default_factory=Secret)
    password_ends_at: datetime | None = None
    registration: Mapping[str, Any] | None = None
    imported: Mapping[str, Any] | None = None
    id_index: str | None = None


def email_index(address: str) -> str:
    """By what equal addresses are found."""
    return vault().index(contacts.email_key(address), "email")


async def open_account(session: Session, opening: Opening) -> Account | None:
    """Write the account and its programme; None where the username is taken. Nothing is told yet."""
    account_id = new_id()
    values = {
        "id": account_id,
        "username": usernames.written(opening.username),
        "username_key": usernames.key(opening.username),
        "name": opening.name,
        **readings(opening.name),
        "email": await _sealed(session, account_id, "email", opening.email),
        "email_index": email_index(opening.email),
        "mobile": await _sealed(session, account_id, "mobile", opening.mobile),
        "roles": list(opening.roles),
        "organization_id": opening.organization_id,
        "opened_by": opening.opened_by,
        "opened_for": opening.programme,
        "password": opening.secret.value,
        "password_kind": opening.secret.kind,
        "password_ends_at": opening.password_ends_at,
        "must_change_password": opening.secret.kind == "initial",
        "registration": await _sealed(session, account_id, "registration", _plain(opening.registration)),
        "id_index": opening.id_index,
    }
    made = await session.execute(
        insert(Account)
        .values(values)
        .on_conflict_do_nothing(index_elements=["username_key"])
        .returning(col(Account.id))
    )
    if made.first() is None:
        return None
    if opening.programme is not None:
        await add_programme(session, account_id, opening.programme, opening.imported)
    return (await session.execute(select(Account).where(col(Account.id) == account_id))).scalar_one()


async def add_programme(session: Session, account_id: UUID, programme: str, imported: Mapping[str, Any] | None) -> bool:
    """Let the account open a programme's profile, with what an import says of the person; False if it could already."""
    row_id = new_id()
    sealed = None
    if imported is not None:
        sealed = await vault().seal(
            session, account_id, dict(imported), table="account_programme", column="imported", row_id=row_id
        )
    added = await session.execute(
        insert(AccountProgramme)
        .values(id=row_id, account_id=account_id, programme=programme, imported=sealed)
        .on_conflict_do_nothing()
        .returning(col(AccountProgramme.id))
    )
    return added.first() is not None


def _plain(values: Mapping[str, Any] | None) -> Json:
    """A mapping as JSON."""
    return None if values is None else dict(values)


async def _sealed(session: Session, account_id: UUID, column: str, value: Json) -> bytes | None:
    """A value sealed for its column; null stays null."""
    if value is None:
        return None
    return await vault().seal(session, account_id, value, table="account", column=column, row_id=account_id)


async def sealed_email(session: Session, account_id: UUID, address: str) -> bytes:
    """An address sealed for its column."""
    return await vault().seal(session, account_id, address, table="account", column="email", row_id=account_id)


async def sealed_mobile(session: Session, account_id: UUID, mobile: str) -> bytes:
    """A telephone number sealed for its column."""
    return await vault().seal(session, account_id, mobile, table="account", column="mobile", row_id=account_id)
