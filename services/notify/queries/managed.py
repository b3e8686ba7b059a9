"""Announcements as administrators manage them: in every state, with their mailing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import col

from services.notify.models import Announcement, Delivery, Letter, Mailing
from services.notify.queries.announcements import matches
from services.notify.queries.attachments import attachments_of
from services.notify.queries.audiences import is_out
from services.notify.queries.deliveries import require_administrator
from services.notify.queries.keysets import after_id
from services.notify.rules import ANNOUNCEMENT
from services.notify.rules.markdown import html_of
from services.notify.schemas import AnnouncementManaged, AnnouncementState, AttachmentShown, MailShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.web import Page, etag
from shared.kit.web.paging import Listed

MAIL_STATES = {"queued": "waiting", "running": "writing", "retry": "writing", "done": "written"}


async def managed_many(
    session: Session,
    caller: Caller,
    page: Page,
    state: AnnouncementState | None,
    programme: str | None,
    query: str | None,
) -> Listed[AnnouncementManaged]:
    """Every announcement, the newest first; of one state, one programme, or with these words."""
    require_administrator(caller)
    asked = select(Announcement).order_by(col(Announcement.id).desc()).limit(page.limit + 1)
    if state is not None:
        asked = asked.where(_in_state(state))
    if programme is not None:
        asked = asked.where(col(Announcement.programme) == programme)
    if query and query.strip():
        asked = asked.where(matches(query.strip()))
    if (key := after_id(page)) is not None:
        asked = asked.where(col(Announcement.id) < key)
    rows, more = page.cut(list((await session.execute(asked)).scalars()))
    items = await _shown(session, rows)
    return page.of(items, (str(items[-1].announcement_id),) if more else None)


async def managed(session: Session, caller: Caller, announcement_id: UUID) -> AnnouncementManaged:
    """One announcement in full; refused as Missing where there is none."""
    require_administrator(caller)
    row = await session.get(Announcement, announcement_id, populate_existing=True)
    if row is None:
        raise Missing
    (item,) = await _shown(session, [row])
    mail = item.mail and item.mail.model_copy(update=await _carried(session, row.id))
    return item.model_copy(update={"html": html_of(row.body), "mail": mail})


def _in_state(state: AnnouncementState) -> ColumnElement[bool]:
    """The condition of a state."""
    withdrawn = and_(col(Announcement.withdraw_at).is_not(None), col(Announcement.withdraw_at) <= clock.now_sql())
    if state == "withdrawn":
        return withdrawn
    if state == "published":
        return is_out()
    still = or_(col(Announcement.withdraw_at).is_(None), col(Announcement.withdraw_at) > clock.now_sql())
    return and_(col(Announcement.publish_at) > clock.now_sql(), still)


async def _shown(session: Session, rows: list[Announcement]) -> list[AnnouncementManaged]:
    """Announcements with their files and mailings."""
    ids, now = [row.id for row in rows], await clock.now(session)
    files = await attachments_of(session, ids)
    asked = select(Mailing).where(col(Mailing.announcement_id).in_(ids)).execution_options(populate_existing=True)
    mailings = {mailing.announcement_id: mailing for mailing in (await session.execute(asked)).scalars()}
    return [_one(row, now, files.get(row.id, []), mailings.get(row.id)) for row in rows]


def _one(
    row: Announcement, now: datetime, files: list[AttachmentShown], mailing: Mailing | None
) -> AnnouncementManaged:
    """One announcement."""
    return AnnouncementManaged(
        **row.model_dump(exclude={"id", "revision"}),
        announcement_id=row.id,
        html=None,
        state=_state(row, now),
        attachments=files,
        mail=_mail(mailing) if mailing else None,
        etag=etag(row.revision),
    )


def _state(row: Announcement, now: datetime) -> AnnouncementState:
    """Where it stands now."""
    if row.withdraw_at is not None and row.withdraw_at <= now:
        return "withdrawn"
    return "scheduled" if row.publish_at > now else "published"


def _mail(mailing: Mailing) -> MailShown:
    """How far the mailing has got."""
    state = MAIL_STATES.get(mailing.status, "stopped")
    return MailShown.model_validate(
        {"state": state, "recipients": mailing.recipients, "written": mailing.written, "sent": None, "failed": None}
    )


async def _carried(session: Session, announcement_id: UUID) -> dict[str, int]:
    """How many of its letters were sent, and how many failed."""
    asked = (
        select(col(Delivery.status), func.count())
        .join(Letter, col(Letter.id) == col(Delivery.letter_id))
        .where(col(Letter.event_key) == announcement_id, col(Letter.letter) == ANNOUNCEMENT)
        .group_by(col(Delivery.status))
    )
    counted = {status: number for status, number in (await session.execute(asked)).all()}  # noqa: C416 - rows are no pairs to mypy
    return {"sent": counted.get("done", 0), "failed": counted.get("failed", 0)}
