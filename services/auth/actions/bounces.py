"""Addresses that do not work: notify tells when a letter failed for good."""

from sqlalchemy import update
from sqlmodel import col

from services.auth.models import Account
from shared.contracts.events import DeliveryFailed
from shared.kit.database import Session


async def mark_bounced(session: Session, event: DeliveryFailed) -> None:
    """Mark the account's address as one that does not work, since the latest failure that was told."""
    earlier = col(Account.email_bounced_at).is_(None) | (col(Account.email_bounced_at) < event.failed_at)
    await session.execute(
        update(Account).where(col(Account.id) == event.account_id, earlier).values(email_bounced_at=event.failed_at)
    )
