"""Notes for the audit trail on what concerns accounts: who logs in is noted as who they turned out to be."""

from dataclasses import replace
from typing import cast
from uuid import UUID

from services.auth.models import Account
from shared.contracts.identity import Caller, Role
from shared.kit import audit
from shared.kit.database import Session


async def note_account(
    session: Session, caller: Caller | None, action: str, account_id: UUID | None, **detail: str | None
) -> None:
    """Note what was done to an account."""
    await audit.note(session, caller, action, "account", account_id, **detail)


async def note_owner(session: Session, caller: Caller, action: str, account: Account, **detail: str | None) -> None:
    """Note what the owner of an account did who was a visitor before, or came by a link."""
    owner = replace(
        caller,
        account_id=account.id,
        roles=frozenset(cast("list[Role]", account.roles)),
        organization_id=account.organization_id,
    )
    await note_account(session, owner, action, account.id, **detail)
