"""Writes the history of a case: append-only, each entry chained to the one before by its hash (rule 8)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlmodel import col

from services.review.actions.deeds import Deed
from services.review.models import Case, Entry
from services.review.queries import HISTORY_SEAL
from services.review.rules import GENESIS, link, sealed_text
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.vault import vault


async def was_told(session: Session, case: Case, deed: Deed) -> bool:
    """Whether this filing, withdrawal or applied change stands in the history already (heard twice)."""
    if deed.reviewer_id is not None:
        return False
    same = select(col(Entry.id)).where(
        col(Entry.case_id) == case.id,
        col(Entry.kind) == deed.kind,
        col(Entry.round) == deed.round,
        col(Entry.version) == deed.version,
    )
    return (await session.execute(same)).first() is not None


async def append(session: Session, case: Case, deed: Deed, waited_since: datetime | None = None) -> UUID:
    """Add an entry to the chain of a case whose row is locked; gives the entry's id.

    `waited_since` tells of a decision since when the case had waited for it. Moves `history_seq`,
    `history_head` and `history_seal` of the case in hand; its caller writes them.
    """
    makes_member = deed.kind == "decided" and case.state == "approved"
    entry: dict[str, object] = {
        "id": new_id(),
        "case_id": case.id,
        "seq": case.history_seq + 1,
        "kind": deed.kind,
        "at": deed.at,
        "round": deed.round,
        "version": deed.version,
        "content_hash": deed.content_hash,
        "tier": deed.step.tier,
        "organization_id": deed.step.organization_id,
        "organization_name": deed.step.organization_name,
        "reviewer_id": deed.reviewer_id,
        "decision": deed.decision,
        "reopens": deed.reopens,
        "comment": deed.comment,
        "remarks": [remark.model_dump(mode="json", exclude_none=True) for remark in deed.remarks],
        "category": deed.category,
        "membership_number": case.membership_number if makes_member else None,
        "arrived_at": waited_since,
    }
    prev_hash = case.history_head or GENESIS
    own_hash = link(prev_hash, entry)
    await session.execute(insert(Entry).values(**entry, prev_hash=prev_hash, hash=own_hash))
    case.history_seq, case.history_head = case.history_seq + 1, own_hash
    case.history_seal = vault().index(sealed_text(case.id, case.history_seq, own_hash), HISTORY_SEAL)
    return UUID(str(entry["id"]))
