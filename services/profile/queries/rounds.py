"""Reads of one submission as a whole: every round with what was filed and decided in it, and remarks that tick."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.profile.models import Snapshot, TierProgress
from services.profile.queries import drafts, profiles, submissions
from services.profile.queries.progress import decided, waiting
from services.profile.queries.submissions import Shown
from services.profile.queries.surroundings import around
from services.profile.rules.contents import contents, scans_named
from services.profile.rules.progress import outcome, progress
from shared.kit.database import Session


async def submission(session: Session, account_id: UUID, submission_id: UUID) -> Shown:
    """One's own submission with all its rounds; 404 for anybody else's, and for one that was never filed."""
    shown = await submissions.submission(session, account_id, submission_id)
    shown["rounds"] = await _rounds(session, submission_id, shown["status"])
    shown["remarks"] = await _remarks(session, account_id, shown)
    return shown


async def _rounds(session: Session, submission_id: UUID, status: str) -> list[dict[str, Any]]:
    """Every round, the oldest first."""
    filings = (await session.execute(_filings(submission_id))).all()
    numbers = sorted({row.round for row in filings})
    found = []
    for number in numbers:
        place = [(submission_id, number)]
        said = (await decided(session, place))[submission_id]
        waits = (await waiting(session, place))[submission_id]
        own = [row for row in filings if row.round == number]
        ended = status if number == numbers[-1] else outcome(said)
        found.append(
            {
                "round": number,
                "status": ended,
                "filings": [{"version": row.version, "filed_at": row.filed_at} for row in own],
                "progress": _timed(own[-1].route, progress(own[-1].route, said, ended, waits)),
                "remarks": await _of_round(session, submission_id, number),
            }
        )
    return found


def _timed(route: Sequence[Mapping[str, Any]], steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of a way with the working days that each tier is given."""
    return [{**step, "working_days": tier.get("working_days")} for tier, step in zip(route, steps, strict=True)]


def _filings(submission_id: UUID) -> Any:  # noqa: ANN401 - a statement of columns
    """What was filed in which round; versions that an approved change made are none."""
    columns = (Snapshot.round, Snapshot.version, Snapshot.filed_at, Snapshot.route)
    return (
        select(*(col(one) for one in columns))
        .where(col(Snapshot.submission_id) == submission_id, col(Snapshot.change_request_id).is_(None))
        .order_by(col(Snapshot.version))
    )


async def _of_round(session: Session, submission_id: UUID, number: int) -> list[Mapping[str, Any]]:
    """The remarks of the return that ended a round."""
    wanted = select(col(TierProgress.remarks)).where(
        col(TierProgress.submission_id) == submission_id,
        col(TierProgress.round) == number,
        col(TierProgress.decision) == "return",
    )
    return [remark for told in (await session.execute(wanted)).scalars() for remark in told]


async def _remarks(session: Session, account_id: UUID, shown: Shown) -> list[dict[str, Any]]:
    """The remarks to correct, each with whether its place was changed since."""
    found = await around(session, account_id, shown["programme"]) if shown["status"] == "returned" else None
    if found is None:
        return [{**remark, "addressed": None} for remark in shown["remarks"]]
    held = contents(found.draft.programme, drafts.by_section(await drafts.records(session, found.draft)))
    named = [place.scan_id for place in scans_named(found.draft.programme, held)]
    return await profiles.remarks(session, found, held, named)
