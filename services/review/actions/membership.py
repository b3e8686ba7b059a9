"""An approval at the last tier makes a member: category, number and date."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.review.actions.deeds import Deed
from services.review.models import Case, MemberSeries
from shared.kit.clock import CHINA
from shared.kit.database import Session
from shared.programmes.catalogue import PROGRAMMES


async def become_member(session: Session, case: Case, deed: Deed) -> None:
    """Note category and date of an approval on the case in hand, and a new number where the programme gives them."""
    membership = PROGRAMMES[case.programme].membership
    day = deed.at.astimezone(CHINA).date()
    case.category, case.approved_on = deed.category, day
    case.membership_number = None
    if membership is not None:
        case.membership_number = membership.number(day.year, await _next(session, case.programme, day.year))


async def _next(session: Session, programme: str, year: int) -> int:
    """The next serial of a programme's year. The row stays locked to the end, so that no number is lost or doubled."""
    first = insert(MemberSeries).values(programme=programme, year=year, last=1)
    taken = first.on_conflict_do_update(
        index_elements=["programme", "year"], set_={"last": col(MemberSeries.last) + 1}
    ).returning(col(MemberSeries.last))
    return int((await session.execute(taken)).scalar_one())
