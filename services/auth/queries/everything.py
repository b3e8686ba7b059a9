"""Reads all that auth keeps of one person, as it is given to that person (PIPL, article 45)."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlmodel import col

from services.auth.models import Account, AccountProgramme, AuditEntry, LoginSession, Passkey
from services.auth.queries import accounts
from shared.kit.database import Session
from shared.kit.vault import Json, vault

OF_ACCOUNT = (
    "username", "name", "language", "mail_mode", "roles", "organization_id", "opened_by", "opened_for", "opened_at",
    "must_change_password", "last_login_at", "disabled_at", "email_bounced_at",
)  # fmt: skip
MOST = 100_000
"""Entries of the trail: those of thirty years at ten a day."""


async def everything(session: Session, account_id: UUID) -> dict[str, Any]:
    """The account, what was said of it at its opening, its sessions and passkeys, and every entry of the trail.

    Never what proves who somebody is: passwords, tokens, keys. 404 for an unknown account.
    """
    row = await accounts.one(session, account_id)
    contact = await accounts.contact(session, row)
    return {
        "account": _named(row, OF_ACCOUNT) | {"email": contact.email, "mobile": contact.mobile},
        "registration": await _opened(session, row, "registration") if row.registration else None,
        "programmes": await _programmes(session, row.id),
        "sessions": await _rows(session, _of(LoginSession, row.id), "made_at", "seen_at", "ends_at", "net"),
        "passkeys": await _rows(session, _of(Passkey, row.id), "name", "synced", "made_at", "last_used_at"),
        "trail": await _trail(session, row.id),
    }


async def _trail(session: Session, account_id: UUID) -> list[dict[str, Any]]:
    """What the person did, and what was done to the account: logins, changes, exports."""
    told = or_(
        col(AuditEntry.actor_id) == account_id,
        (col(AuditEntry.subject_kind) == "account") & (col(AuditEntry.subject_id) == str(account_id)),
    )
    asked = select(AuditEntry).where(told).order_by(col(AuditEntry.position)).limit(MOST)
    return await _rows(session, asked, "at", "action", "subject_kind", "subject_id", "programme", "detail")


async def _programmes(session: Session, account_id: UUID) -> list[dict[str, Any]]:
    """Each programme, with what an import said of the person."""
    found = (await session.execute(_of(AccountProgramme, account_id))).scalars().all()
    places = [(row.imported, "account_programme", "imported", row.id) for row in found if row.imported]
    opened = iter(await vault().open_many(session, account_id, places))
    return [
        {"programme": row.programme, "added_at": row.added_at, "imported": next(opened) if row.imported else None}
        for row in found
    ]


async def _opened(session: Session, row: Account, column: str) -> Json:
    """A sealed column of the account."""
    sealed = getattr(row, column)
    return await vault().open(session, row.id, sealed, table="account", column=column, row_id=row.id)


def _of(table: Any, account_id: UUID) -> Select[Any]:  # noqa: ANN401 - a table with accounts
    """A table's rows of one account, the oldest first."""
    return select(table).where(col(table.account_id) == account_id).order_by(col(table.id))


async def _rows(session: Session, asked: Select[Any], *names: str) -> list[dict[str, Any]]:
    """What rows say, by these columns."""
    return [_named(row, names) for row in (await session.execute(asked)).scalars()]


def _named(row: object, names: tuple[str, ...]) -> dict[str, Any]:
    """These columns of a row."""
    return {name: getattr(row, name) for name in names}
