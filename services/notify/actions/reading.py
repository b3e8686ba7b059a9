"""An announcement is read: who is logged in has read it from then on."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.notify.models import AnnouncementRead
from services.notify.queries.announcements import announcement
from services.notify.schemas import AnnouncementShown
from shared.contracts.identity import Caller
from shared.kit import clock
from shared.kit.database import Session


async def read_announcement(session: Session, caller: Caller, announcement_id: UUID) -> AnnouncementShown:
    """Give the announcement, and note that the caller has read it; `unread` tells how it was before."""
    shown = await announcement(session, caller, announcement_id)
    if shown.unread:
        mark = {"account_id": caller.person, "announcement_id": announcement_id, "read_at": clock.now_sql()}
        await session.execute(insert(AnnouncementRead).values(mark).on_conflict_do_nothing())
    return shown
