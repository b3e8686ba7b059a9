"""Reads of how far submissions have come: routes of snapshots, and what tiers decided."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlmodel import col

from services.profile.models import Snapshot, TierProgress
from services.profile.queries.drafts import Draft
from services.profile.rules.progress import Decided, current
from shared.kit.database import Session


async def decided(session: Session, rounds: Collection[tuple[UUID, int]]) -> Mapping[UUID, dict[str, Decided]]:
    """For each submission and its round: the tiers that decided in it."""
    found: dict[UUID, dict[str, Decided]] = {submission: {} for submission, _round in rounds}
    wanted = select(TierProgress).where(
        tuple_(col(TierProgress.submission_id), col(TierProgress.round)).in_(list(rounds)),
        col(TierProgress.decision).is_not(None),
    )
    for row in (await session.execute(wanted)).scalars():
        if row.decision and row.decided_at:
            found[row.submission_id][row.tier] = Decided(row.decision, row.decided_at, row.comment)
    return found


async def route(session: Session, submission_id: UUID, version: int) -> list[dict[str, Any]]:
    """The route that a version was filed with."""
    wanted = select(col(Snapshot.route)).where(
        col(Snapshot.submission_id) == submission_id, col(Snapshot.version) == version
    )
    return list((await session.execute(wanted)).scalar_one())


async def holder(session: Session, draft: Draft) -> Mapping[str, Any]:
    """The step that holds a submission at present: its tier, the tier's title, its organization."""
    steps = await route(session, draft.submission_id, draft.standing.version)
    done = await decided(session, [(draft.submission_id, draft.standing.round)])
    return current(steps, done[draft.submission_id])
