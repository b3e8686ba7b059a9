"""Tells that somebody has opened what is an applicant's, so that the applicant can see who."""

from services.review.models import Case
from shared.contracts.events import DossierOpened
from shared.contracts.identity import Caller
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.outbox import tell


async def tell_opened(session: Session, caller: Caller, case: Case, *, version: int, tier: str, place: str) -> None:
    """Tell that the caller saw the case in that version, at that tier, for the organization called `place`."""
    tell(
        session,
        DossierOpened(
            access_id=new_id(),
            case_id=case.id,
            submission_id=case.submission_id,
            account_id=case.account_id,
            programme=case.programme,
            version=version,
            reviewer_id=caller.person,
            organization_id=caller.organization,
            organization_name=place,
            tier=tier,
            opened_at=await clock.now(session),
        ),
    )
