"""What profile tells of a submission: filed, withdrawn, changed after approval. Any order of hearing ends the same."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.review.actions import cases
from services.review.actions.deeds import Deed
from services.review.actions.move import move
from services.review.models import Case
from services.review.queries import heirs_of, route_of, standing_of, taken_over
from services.review.rules import Applied, Filed, HandedOver, OutOfStep, Withdrawn, refiled
from shared.contracts.events import ChangeApplied, SubmissionFiled, SubmissionWithdrawn
from shared.kit.database import Session


async def open_case(session: Session, filed: SubmissionFiled) -> None:
    """Open the case of a submission with the route in the event, or let a new version of it wait at the first tier."""
    case = await _case(session, filed)
    if filed.version >= case.version:
        _describe(case, filed)
        case.number, case.filed_at, case.content_hash = filed.number, filed.filed_at, filed.content_hash
        case.id_index, case.id_last4_index = filed.id_index, filed.id_last4_index
        case.attention, case.is_foreign = filed.attention, filed.foreign
    now = await _now(session, case, filed)
    deed = Deed(
        kind="filed",
        at=filed.filed_at,
        round=filed.round,
        version=filed.version,
        step=now.route[0],
        content_hash=filed.content_hash,
    )
    await move(session, case, deed, now)


async def _now(session: Session, case: Case, filed: SubmissionFiled) -> Filed:
    """The filing with the route as it is by now: profile may not have heard yet who took whose place."""
    held_by = {step.organization_id for step in filed.route}
    takers = await heirs_of(session, held_by)
    heirs = {key: HandedOver(key, taker.id, taker.name) for key, taker in takers.items()}
    past = await taken_over(session, held_by) if case.round == filed.round else {}
    return refiled(Filed(filed.round, filed.version, filed.route), standing_of(case), heirs, past)


async def close_withdrawn(session: Session, withdrawn: SubmissionWithdrawn) -> None:
    """Close the case of a submission that its applicant took back; its history stays."""
    case = await _case(session, withdrawn)
    if withdrawn.version >= case.version:
        _describe(case, withdrawn)
    deed = Deed(
        kind="withdrawn",
        at=withdrawn.withdrawn_at,
        round=withdrawn.round,
        version=withdrawn.version,
        step=withdrawn.first_tier,
    )
    await move(session, case, deed, Withdrawn(withdrawn.round, withdrawn.version, withdrawn.first_tier))


async def raise_version(session: Session, applied: ChangeApplied) -> None:
    """Note the version that an approved change request made; the case stays as it is."""
    case = await cases.lock(session, applied.case_id)
    if case is None or not case.version:
        message = f"a change was applied to case {applied.case_id}, which is not known yet"
        raise OutOfStep(message)
    if applied.version > case.version:
        _describe(case, applied)
        case.content_hash = applied.content_hash
        case.attention = case.attention if applied.attention is None else applied.attention
    deed = Deed(
        kind="change_applied",
        at=applied.applied_at,
        round=applied.round,
        version=applied.version,
        step=route_of(case)[case.position],
        content_hash=applied.content_hash,
    )
    await move(session, case, deed, Applied(applied.round, applied.version))


async def _case(session: Session, event: SubmissionFiled | SubmissionWithdrawn) -> Case:
    """The locked case of a submission, made now where nothing was heard of it before."""
    new = insert(Case).values(
        id=event.case_id,
        submission_id=event.submission_id,
        programme=event.programme,
        account_id=event.account_id,
        applicant_name=event.applicant_name,
        employer_id=event.employer_id,
        employer_name=event.employer_name,
    )
    await session.execute(new.on_conflict_do_nothing())
    return await _locked(session, event.case_id)


async def _locked(session: Session, case_id: UUID) -> Case:
    case = await cases.lock(session, case_id)
    if case is None:
        message = f"the submission of case {case_id} has another case already"
        raise OutOfStep(message)
    return case


def _describe(case: Case, event: SubmissionFiled | SubmissionWithdrawn | ChangeApplied) -> None:
    """Take over who applies and where they work, as the newest version says."""
    case.applicant_name, case.applicant_pinyin = event.applicant_name, event.applicant_pinyin
    case.employer_id, case.employer_name = event.employer_id, event.employer_name
    case.talent_type = event.talent_type
