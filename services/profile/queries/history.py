"""Reads of history: what every field held in which version, and what the approved data said on a day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import and_, select
from sqlmodel import col

from services.profile.models import Approval, Snapshot
from services.profile.queries import drafts, snapshots
from services.profile.queries.drafts import Draft
from services.profile.rules import history as law
from services.profile.rules.contents import Sections, contents_masked, frozen, thawed
from services.profile.rules.history import Asked, Filed
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.vault import vault
from shared.kit.web.paging import Listed, Page


async def history(
    session: Session, account_id: UUID, slug: str, asked: Asked, page: Page, *, whole: bool = True
) -> Listed[dict[str, Any]]:
    """What each version changed, the newest first; not `whole`: under masks. 404 where there is no such profile."""
    draft = await _own(session, account_id, slug, asked)
    items = law.changes(draft.programme, await versions(session, draft), asked)
    if not whole:
        items = law.masked(draft.programme, items)
    places = _places(items)
    after = page.keys(int, int)
    left = [
        n for n, (version, place) in enumerate(places) if after is None or (-version, place) > (-after[0], after[1])
    ]
    rows, more = page.cut(left[: page.limit + 1])
    return page.of([items[n] for n in rows], places[rows[-1]] if more else None)


def _places(items: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """Where each item stands: its version, and which of its version's it is; new versions move neither."""
    counts: dict[int, int] = {}
    places = []
    for item in items:
        counts[item["version"]] = counts.get(item["version"], 0) + 1
        places.append((item["version"], counts[item["version"]]))
    return places


async def on_day(
    session: Session, account_id: UUID, slug: str, asked: Asked, day: date, *, whole: bool = True
) -> dict[str, Any]:
    """The version that was the approved one at the end of a day (in China); 404 where there was none."""
    draft = await _own(session, account_id, slug, asked)
    midnight = datetime.combine(day + timedelta(days=1), time(), clock.CHINA)
    version, since, until = law.standing_at(await approvals(session, draft.submission_id), midnight)
    snapshot = await snapshots.version(session, draft.submission_id, version)
    sections = await snapshots.opened(session, draft.account_id, snapshot)
    if not whole:
        sections = frozen(draft.programme, contents_masked(draft.programme, thawed(sections)))
    return {
        "on": day,
        "version": version,
        "valid_from": since,
        "valid_until": until,
        "sections": [section for section in sections if asked.section in {None, section["section"]}],
    }


async def _own(session: Session, account_id: UUID, slug: str, asked: Asked) -> Draft:
    """The draft whose history is asked for."""
    draft = await drafts.own(session, account_id, slug)
    if draft is None:
        raise Missing
    asked.check(draft.programme)
    return draft


async def approvals(session: Session, submission_id: UUID) -> list[tuple[int, datetime]]:
    """Which versions were approved when, in their order."""
    wanted = (
        select(col(Approval.version), col(Approval.approved_at))
        .where(col(Approval.submission_id) == submission_id)
        .order_by(col(Approval.version))
    )
    return [(row.version, row.approved_at) for row in await session.execute(wanted)]


async def versions(session: Session, draft: Draft) -> list[Filed]:
    """Every version of a submission in its order, opened with one look-up of the key."""
    approved = and_(
        col(Approval.submission_id) == col(Snapshot.submission_id), col(Approval.version) == col(Snapshot.version)
    )
    wanted = (
        select(Snapshot, col(Approval.approved_at))
        .outerjoin(Approval, approved)
        .where(col(Snapshot.submission_id) == draft.submission_id)
        .order_by(col(Snapshot.version))
    )
    rows = (await session.execute(wanted)).all()
    places = [(row.Snapshot.sections, "snapshot", "sections", row.Snapshot.id) for row in rows]
    opened: Sequence[Any] = await vault().open_many(session, draft.account_id, places)
    return [
        Filed(
            version=row.Snapshot.version,
            at=row.Snapshot.filed_at,
            change_request_id=str(row.Snapshot.change_request_id) if row.Snapshot.change_request_id else None,
            approved_at=row.approved_at,
            held=thawed(cast("Sections", sections)),
        )
        for row, sections in zip(rows, opened, strict=True)
    ]
