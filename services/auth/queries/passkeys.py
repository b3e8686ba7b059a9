"""Reads passkeys: one's own."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.auth.models import Account, Passkey
from services.auth.queries import accounts
from services.auth.rules.passkeys import is_asked
from services.auth.schemas.passkeys import PasskeyShown, PasskeysShown
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.kit.database import Session


async def own_passkeys(session: Session, caller: Caller) -> PasskeysShown:
    """All passkeys of the caller's account, the newest first."""
    account = await accounts.one(session, caller.person)
    found = await session.execute(
        select(Passkey).where(col(Passkey.account_id) == account.id).order_by(col(Passkey.id).desc())
    )
    items = [shown(row) for row in found.scalars()]
    return PasskeysShown(items=items, required=is_asked(settings().passkey_required, account.roles))


async def must_add_passkey(session: Session, account: Account) -> bool:
    """Whether the installation asks the account for a passkey that it does not have yet."""
    return is_asked(settings().passkey_required, account.roles) and not await has_passkey(session, account.id)


async def has_passkey(session: Session, account_id: UUID) -> bool:
    """Whether the account has a passkey."""
    found = await session.execute(select(col(Passkey.id)).where(col(Passkey.account_id) == account_id).limit(1))
    return found.first() is not None


def shown(row: Passkey) -> PasskeyShown:
    """One passkey as its owner sees it."""
    return PasskeyShown(
        passkey_id=row.id, name=row.name, made_at=row.made_at, last_used_at=row.last_used_at, synced=row.synced
    )
