"""Keeps the audit trail: each entry is linked to the one before it."""

from sqlalchemy import func, insert, select
from sqlmodel import col

from services.auth.models import AuditEntry
from services.auth.rules.trail import BEGINNING, link
from shared.contracts.events import Audited
from shared.kit.database import Session

LOCK = "audit trail"


async def keep_entry(session: Session, event: Audited) -> None:
    """Add the entry at the end of the chain; one that is there already changes nothing."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(LOCK, 0))))
    known = await session.execute(select(col(AuditEntry.position)).where(col(AuditEntry.audit_id) == event.audit_id))
    if known.first() is not None:
        return
    found = await session.execute(
        select(col(AuditEntry.position), col(AuditEntry.hash)).order_by(col(AuditEntry.position).desc()).limit(1)
    )
    last = found.first()
    position, before = (last[0], bytes(last[1])) if last else (0, BEGINNING)
    columns = event.model_dump() | {"roles": list(event.roles)}
    await session.execute(
        insert(AuditEntry).values(position=position + 1, previous_hash=before, hash=link(before, columns), **columns)
    )
