"""Announcements as people read them: what is out, for everybody or for those whom it is meant for."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, tuple_
from sqlmodel import col

from services.notify.models import Announcement
from services.notify.queries.keysets import after_announcement
from services.notify.schemas import AnnouncementShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.web import Page
from shared.kit.web.paging import Listed


async def announcements(
    session: Session, caller: Caller, page: Page, programme: str | None
) -> Listed[AnnouncementShown]:
    """What is out for the caller: pinned ones first, then the newest."""
    order = (col(Announcement.pinned), col(Announcement.publish_at), col(Announcement.id))
    asked = select(Announcement).where(*_is_out(caller)).order_by(*(key.desc() for key in order))
    if programme is not None:
        asked = asked.where(or_(col(Announcement.programme).is_(None), col(Announcement.programme) == programme))
    if (key := after_announcement(page)) is not None:
        asked = asked.where(tuple_(*order) < tuple_(*key))
    rows, more = page.cut(list((await session.execute(asked.limit(page.limit + 1))).scalars()))
    last = rows[-1] if more else None
    return page.of(
        [shown(row) for row in rows], (last.pinned, last.publish_at.isoformat(), str(last.id)) if last else None
    )


async def announcement(session: Session, caller: Caller, announcement_id: UUID) -> AnnouncementShown:
    """One announcement; refused as Missing where it is not out, or not for the caller."""
    asked = select(Announcement).where(col(Announcement.id) == announcement_id, *_is_out(caller))
    row = (await session.execute(asked)).scalar_one_or_none()
    if row is None:
        raise Missing
    return shown(row)


def shown(row: Announcement) -> AnnouncementShown:
    """An announcement as it is read."""
    return AnnouncementShown.model_validate(
        {**row.model_dump(exclude={"id", "publish_at"}), "announcement_id": row.id, "published_at": row.publish_at}
    )


def _is_out(caller: Caller) -> tuple[ColumnElement[bool], ...]:
    """Published, not withdrawn, and meant for somebody like the caller."""
    audiences = ["everybody"]
    audiences += ["applicants"] * ("applicant" in caller.roles) + ["reviewers"] * ("reviewer" in caller.roles)
    if "administrator" in caller.roles:
        audiences = ["everybody", "applicants", "reviewers"]
    return (
        col(Announcement.publish_at) <= clock.now_sql(),
        or_(col(Announcement.withdraw_at).is_(None), col(Announcement.withdraw_at) > clock.now_sql()),
        col(Announcement.audience).in_(audiences),
    )
