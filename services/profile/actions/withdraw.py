"""Withdrawing a submission that the employer has not decided."""

from uuid import UUID

from services.profile.actions.drafts import refusal_of_lock
from services.profile.actions.states import move
from services.profile.models import Snapshot
from services.profile.queries import drafts
from services.profile.queries.drafts import Draft
from services.profile.queries.progress import holder
from services.profile.queries.snapshots import newest
from services.profile.queries.submissions import Shown, submission
from shared.contracts.events import RouteStep, SubmissionWithdrawn
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Missing
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.outbox import tell
from shared.programmes.facts import pinyin


async def withdraw(session: Session, caller: Caller, submission_id: UUID) -> Shown:
    """Take one's pending submission back; gives it. 409 once the employer has decided, or when nothing is pending."""
    draft = await drafts.of_submission(session, submission_id, lock=True)
    if draft is None or draft.account_id != caller.person or draft.standing.version == 0:
        raise Missing
    if draft.standing.is_locked:
        raise await refusal_of_lock(session, draft, "already_in_review")
    if not draft.standing.can_be_withdrawn:
        raise Conflict(code="not_in_review", sentence=_("该申报不在审核中，无需撤回。"))
    snapshot = await newest(session, draft)
    await move(session, draft, "withdrawn")
    tell(session, await _told(session, draft, snapshot))
    return await submission(session, draft.account_id, submission_id)


async def _told(session: Session, draft: Draft, snapshot: Snapshot) -> SubmissionWithdrawn:
    """The event: the tier whose work it was is named, and who had it by then."""
    first = await holder(session, draft)
    office = first["organization"]
    return SubmissionWithdrawn(
        submission_id=draft.submission_id,
        case_id=draft.case_id,
        programme=draft.programme.programme,
        account_id=draft.account_id,
        applicant_name=snapshot.applicant_name,
        applicant_pinyin=pinyin.of_person(snapshot.applicant_name),
        employer_id=snapshot.employer_id,
        employer_name=snapshot.employer_name,
        talent_type=draft.talent_type,
        version=draft.standing.version,
        round=draft.standing.round,
        first_tier=RouteStep(
            tier=first["tier"],
            organization_id=office["organization_id"],
            organization_name=office["name"],
            classifies=first["classifies"],
            working_days=first["working_days"],
        ),
        withdrawn_at=await clock.now(session),
    )
