"""Reads of submissions, as their applicant sees them."""

from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlmodel import col

from services.profile.models import Snapshot, Submission
from services.profile.queries.paging import after_id
from services.profile.queries.programmes import programme_named
from services.profile.queries.progress import decided, waiting
from services.profile.rules.progress import current, progress
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.web.paging import Listed, Page

Shown: TypeAlias = dict[str, Any]


async def submission(session: Session, account_id: UUID, submission_id: UUID) -> Shown:
    """One's own submission; 404 for anybody else's, and for one that was never filed."""
    wanted = _filed(account_id).where(col(Submission.id) == submission_id)
    shown = await _shown(session, (await session.execute(wanted)).all())
    if not shown:
        raise Missing
    return shown[0]


async def submissions(session: Session, account_id: UUID, page: Page) -> Listed[Shown]:
    """One's own submissions, the oldest first."""
    wanted = _filed(account_id).order_by(col(Submission.id)).limit(page.limit + 1)
    after = after_id(page)
    if after:
        wanted = wanted.where(col(Submission.id) > after)
    rows, more = page.cut(list((await session.execute(wanted)).all()))
    return page.of(await _shown(session, rows), (str(rows[-1].id),) if more else None)


def _filed(account_id: UUID) -> Select[*tuple[Any, ...]]:
    """An account's submissions beside the newest snapshot of each."""
    newest = (col(Snapshot.submission_id) == col(Submission.id)) & (col(Snapshot.version) == col(Submission.version))
    columns = [column for column in Submission.__table__.columns if column.name != "profile_id"]  # type: ignore[attr-defined]  # SQLModel's classes do not declare it
    return (
        select(*columns, col(Snapshot.route), col(Snapshot.employer_name))
        .join(Snapshot, newest)
        .where(col(Submission.account_id) == account_id)
    )


async def _shown(session: Session, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Shown]:
    """Rows as the API shows them."""
    done = await decided(session, [(row.id, row.round) for row in rows]) if rows else {}
    in_review = [(row.id, row.round) for row in rows if row.status == "in_review"]
    waits = await waiting(session, in_review) if in_review else {}
    return [
        {
            "submission_id": str(row.id),
            "programme": row.programme,
            "number": row.number,
            "version": row.version,
            "status": row.status,
            "tier": current(row.route, done[row.id])["tier"] if row.status == "in_review" else None,
            "category": row.category,
            "filed_at": row.filed_at,
            "file_again_until": row.file_again_until,
            "membership": _membership(row),
            "progress": progress(row.route, done[row.id], row.status, waits.get(row.id)),
            "remarks": row.remarks,
        }
        for row in rows
    ]


def _membership(row: Row[*tuple[Any, ...]]) -> dict[str, Any] | None:
    """What an approval made of the applicant: category, number and day; none before the first."""
    if row.approved_on is None:
        return None
    categories = programme_named(row.programme).categories
    title = next((known.title.both() for known in categories if known.category == row.category), None)
    return {
        "category": row.category,
        "title": title,
        "number": row.membership_number,
        "approved_on": row.approved_on,
    }


async def decided_sequence(session: Session, submission_id: UUID) -> int:
    """Review's number of the newest decision heard of a submission."""
    wanted = select(col(Submission.decided_sequence)).where(col(Submission.id) == submission_id)
    return int((await session.execute(wanted)).scalar_one())
