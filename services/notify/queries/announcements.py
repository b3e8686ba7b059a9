"""Announcements as people read them: what is out, for everybody or for those whom it is meant for."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlmodel import col

from services.notify.models import Announcement, AnnouncementRead
from services.notify.queries.attachments import attachments_of
from services.notify.queries.audiences import is_for, is_out, programmes_of
from services.notify.queries.keysets import after_announcement
from services.notify.rules.markdown import excerpt, html_of
from services.notify.schemas import (
    AnnouncementItem,
    Announcements,
    AnnouncementShown,
    AttachmentShown,
    Category,
)
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.web import Page

SUMMARY = 160
COUNTED = 100
"""How far unread ones are counted."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for."""

    programme: str | None = None
    category: Category | None = None
    query: str | None = None
    unread: bool = False


async def announcements(session: Session, caller: Caller, page: Page, wanted: Wanted) -> Announcements:
    """What is out for the caller: pinned ones first, then the newest."""
    visible = and_(is_out(), is_for(caller, await programmes_of(session, caller)))
    order = (col(Announcement.pinned), col(Announcement.publish_at), col(Announcement.id))
    asked = _with_marks(caller).where(visible, *_matching(wanted)).order_by(*(key.desc() for key in order))
    if wanted.unread:
        asked = asked.where(col(AnnouncementRead.read_at).is_(None))
    if (key := after_announcement(page)) is not None:
        asked = asked.where(tuple_(*order) < tuple_(*key))
    found = (await session.execute(asked.limit(page.limit + 1))).all()
    rows, more = page.cut([(row, is_read) for row, is_read in found])
    files = await attachments_of(session, [row.id for row, _ in rows])
    items = [_item(row, files.get(row.id, []), _unread(caller, is_read)) for row, is_read in rows]
    last = rows[-1][0] if more else None
    listed = page.of(items, (last.pinned, last.publish_at.isoformat(), str(last.id)) if last else None)
    return Announcements(**dict(listed), unread=await _count_unread(session, caller, visible))


async def announcement(session: Session, caller: Caller, announcement_id: UUID) -> AnnouncementShown:
    """One announcement; refused as Missing where it is not out, or not for the caller."""
    visible = and_(is_out(), is_for(caller, await programmes_of(session, caller)))
    found = (await session.execute(_with_marks(caller).where(visible, col(Announcement.id) == announcement_id))).first()
    if found is None:
        raise Missing
    row, is_read = found
    files = (await attachments_of(session, [row.id])).get(row.id, [])
    item = _item(row, files, _unread(caller, is_read))
    return AnnouncementShown(**dict(item), body=row.body, html=html_of(row.body))


def matches(query: str) -> ColumnElement[bool]:
    """Title or body holds these words; a letter's case makes no difference."""
    return or_(
        col(Announcement.title).icontains(query, autoescape=True),
        col(Announcement.body).icontains(query, autoescape=True),
    )


def _matching(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions of what is looked for."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.programme is not None:
        named = col(Announcement.programme)
        conditions.append(or_(named.is_(None), named == wanted.programme))
    if wanted.category is not None:
        conditions.append(col(Announcement.category) == wanted.category)
    if wanted.query and (words := wanted.query.strip()):
        conditions.append(matches(words))
    return conditions


def _with_marks(caller: Caller) -> Select[Announcement, bool]:
    """Announcements, and whether the caller has read each."""
    mine = and_(
        col(AnnouncementRead.announcement_id) == col(Announcement.id),
        col(AnnouncementRead.account_id) == caller.account_id,
    )
    return select(Announcement, col(AnnouncementRead.read_at).is_not(None)).outerjoin(AnnouncementRead, mine)


def _unread(caller: Caller, is_read: bool) -> bool | None:  # noqa: FBT001 - what the database said
    """The mark; nobody's where nobody is logged in."""
    return None if caller.account_id is None else not is_read


async def _count_unread(session: Session, caller: Caller, visible: ColumnElement[bool]) -> int | None:
    """How many the caller has not read, as far as they are counted."""
    if caller.account_id is None:
        return None
    unread = (
        _with_marks(caller)
        .with_only_columns(literal(1), maintain_column_froms=True)
        .where(visible, col(AnnouncementRead.read_at).is_(None))
        .limit(COUNTED)
        .subquery()
    )
    return int((await session.execute(select(func.count()).select_from(unread))).scalar_one())


def _item(row: Announcement, files: list[AttachmentShown], unread: bool | None) -> AnnouncementItem:  # noqa: FBT001 - as above
    """An announcement as it is listed."""
    known = row.model_dump(include={"title", "programme", "category", "audience", "pinned"})
    return AnnouncementItem(
        **known,
        announcement_id=row.id,
        summary=excerpt(row.body, SUMMARY),
        published_at=row.publish_at,
        attachments=files,
        unread=unread,
    )
