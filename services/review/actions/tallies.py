"""Keeps the tallies: each decision adds a row by place and one by month, and a beat folds what is alike into one."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Table, insert, select, text
from sqlmodel import col

from services.review.actions.deeds import Deed
from services.review.models import Case, Organization, Tally
from services.review.rules import tenths_of_days
from shared.kit.clock import CHINA
from shared.kit.database import Database, Session

COUNTED = insert(cast("Table", Tally.__table__))  # type: ignore[attr-defined]  # SQLModel's classes do not declare it
FOLD = text("""
WITH fresh AS (
    DELETE FROM tally WHERE id IN (SELECT id FROM tally WHERE NOT folded ORDER BY id LIMIT 20000 FOR UPDATE SKIP LOCKED)
    RETURNING programme, tier, organization_id, region, month, decision, category, took, count
)
INSERT INTO tally AS known (programme, tier, organization_id, region, month, decision, category, took, count, folded)
SELECT programme, tier, organization_id, region, month, decision, category, took, sum(count), true
FROM fresh GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 3, 1, 2, 4, 5, 6, 7, 8
ON CONFLICT (organization_id, programme, tier, region, month, decision, category, took) WHERE folded
DO UPDATE SET count = known.count + excluded.count
""")
"""One statement: whoever counts meanwhile sees all rows, before or after it."""


async def count_decision(session: Session, case: Case, deed: Deed, waited_since: datetime | None) -> None:
    """Count a decision that is made in this transaction; `waited_since` tells when the case had come."""
    known = await _region(session, case.employer_id)
    said: dict[str, object] = {
        "programme": case.programme,
        "decision": deed.decision,
        "took": tenths_of_days(waited_since, deed.at),
    }
    place: dict[str, object] = {
        "tier": deed.step.tier,
        "organization_id": deed.step.organization_id,
        "region": known or "",
    }
    month = deed.at.astimezone(CHINA).date().replace(day=1)
    none: dict[str, object] = {"tier": "", "organization_id": None, "region": ""}
    rows = [{**place, "category": deed.category, "month": None}, {**none, "category": None, "month": month}]
    await session.execute(COUNTED, [{**said, **row} for row in rows])


async def _region(session: Session, employer_id: UUID) -> str | None:
    """Where an employer is; a session asks once of each."""
    known: dict[UUID, str | None] = session.info.setdefault("regions", {})
    if employer_id not in known:
        asked = select(col(Organization.region)).where(col(Organization.id) == employer_id)
        known[employer_id] = (await session.execute(asked)).scalar_one_or_none()
    return known[employer_id]


async def fold_tallies(database: Database) -> None:
    """Fold what was counted since."""
    async with database.transaction() as session:
        await session.execute(FOLD)
