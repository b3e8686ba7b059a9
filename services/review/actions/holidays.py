"""Days that administrators declare to be worked or not; the last days of what waits are counted anew."""

from datetime import date

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.review.models import CalendarDay, Turn
from services.review.queries import calendar_of
from services.review.queries.authority import demand_administrator
from services.review.schemas import Holiday, PutHoliday
from shared.contracts.events import HolidayChanged
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit import audit, clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.outbox import tell

LOCK = "calendar_day"
"""Of the advisory lock that lets one change of the calendar at a time through."""


async def put_holiday(session: Session, caller: Caller, day: date, body: PutHoliday) -> Holiday:
    """Declare a day to be worked or not, over the State Council's calendar; for administrators."""
    demand_administrator(caller)
    await _alone(session)
    row = {"is_worked": body.working, "name": body.name.strip()}
    new = insert(CalendarDay).values(day=day, **row)
    await session.execute(new.on_conflict_do_update(index_elements=["day"], set_=row))
    await _follow(session, day, working=body.working)
    await audit.note(session, caller, "holiday_declared", "holiday", day.isoformat(), working=body.working)
    return Holiday(day=day, working=body.working, name=body.name.strip(), source="override")


async def remove_holiday(session: Session, caller: Caller, day: date) -> None:
    """Let the day be what the State Council's calendar says. Refused: Missing (404) where nothing was declared."""
    demand_administrator(caller)
    await _alone(session)
    gone = delete(CalendarDay).where(col(CalendarDay.day) == day).returning(col(CalendarDay.day))
    if (await session.execute(gone)).first() is None:
        raise Missing
    await _follow(session, day, working=None)
    await audit.note(session, caller, "holiday_removed", "holiday", day.isoformat())


async def _alone(session: Session) -> None:
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(LOCK, 0))))


async def _follow(session: Session, day: date, *, working: bool | None) -> None:
    """Count the last days of what waits anew, and tell the change.

    Only what arrived before the day and was due on it or later is touched; all that arrived on one day and has as
    many working days is due on the same day, so that there are few statements however much waits.
    """
    calendar = await calendar_of(session, anew=True)
    arrived_on = func.date(func.timezone("Asia/Shanghai", col(Turn.arrived_at)))
    moved = col(Turn.waiting), arrived_on < day, col(Turn.due_on) >= day
    kinds = select(arrived_on, col(Turn.working_days)).where(*moved).distinct()
    for arrived, working_days in (await session.execute(kinds)).all():
        due_on = clock.working_day_after(arrived, working_days, calendar.overrides)
        alike = arrived_on == arrived, col(Turn.working_days) == working_days
        await session.execute(update(Turn).where(*moved, *alike).values(due_on=due_on))
    tell(session, HolidayChanged(change_id=new_id(), day=day, working=working, changed_at=calendar.now))
