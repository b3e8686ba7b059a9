"""Announces something."""

from sqlalchemy import func, insert

from services.notify.models import Announcement
from services.notify.queries.announcements import shown
from services.notify.queries.deliveries import require_administrator
from services.notify.schemas import Announce, AnnouncementShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.programmes.catalogue import PROGRAMMES


async def announce(session: Session, caller: Caller, body: Announce) -> AnnouncementShown:
    """Publish an announcement, now or at its time; for administrators alone."""
    require_administrator(caller)
    if body.programme is not None and body.programme not in PROGRAMMES:
        raise Invalid(faults=[Fault("unknown_programme", _("没有这个申报项目。"), field="programme")])
    if body.withdraw_at and body.withdraw_at <= (body.publish_at or await clock.now(session)):
        raise Invalid(faults=[Fault("withdrawn_too_early", _("撤下时间须晚于发布时间。"), field="withdraw_at")])
    made = (
        insert(Announcement)
        .values(
            id=new_id(),
            made_by=caller.person,
            **body.model_dump(exclude={"publish_at"}),
            publish_at=func.coalesce(body.publish_at, clock.now_sql()),
        )
        .returning(Announcement)
    )
    return shown((await session.execute(made)).scalar_one())
