"""Tells what became of a case: each event carries the case, where it stood, and the next number of its sequence."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from services.review.actions.deeds import Deed
from services.review.actions.turns import Begun, last_day
from services.review.models import Case
from services.review.rules import FILE_AGAIN_DAYS, HandedOver, Standing
from shared.contracts.events import Approved, CaseHandedOver, Returned, RouteStep, TierDecided, TierReached
from shared.kit.database import Session
from shared.kit.outbox import tell


class OfCase(TypedDict):
    """What every event of a case carries."""

    case_id: UUID
    submission_id: UUID
    programme: str
    account_id: UUID
    applicant_name: str
    employer_name: str
    talent_type: str | None
    version: int
    round: int
    sequence: int
    tier: str
    organization_id: UUID
    organization_name: str


class Decision(OfCase):
    """What every decision's event carries besides."""

    decision_id: UUID
    decided_at: datetime
    reviewer_id: UUID


def of_case(case: Case, step: RouteStep) -> OfCase:
    """The common part of the next event of a case whose row is locked; moves its `sequence`."""
    case.sequence += 1
    return {
        "case_id": case.id,
        "submission_id": case.submission_id,
        "programme": case.programme,
        "account_id": case.account_id,
        "applicant_name": case.applicant_name,
        "employer_name": case.employer_name,
        "talent_type": case.talent_type,
        "version": case.version,
        "round": case.round,
        "sequence": case.sequence,
        "tier": step.tier,
        "organization_id": step.organization_id,
        "organization_name": step.organization_name,
    }


def tell_reached(session: Session, case: Case, at: datetime, begun: Begun) -> None:
    """Tell that the case waits where it stands."""
    step = RouteStep.model_validate(case.route[case.position])
    reached = TierReached(
        **of_case(case, step),
        reached_at=at,
        due_on=begun.due_on,
        again=begun.again,
        usual_from=begun.usual.from_days if begun.usual else None,
        usual_to=begun.usual.to_days if begun.usual else None,
    )
    tell(session, reached)


def tell_handed_over(session: Session, case: Case, deed: Deed, handed: HandedOver) -> None:
    """Tell that an organization's part in a case went to another: which tiers, before it moves; none of an approved."""
    ahead = case.route[case.position :] if case.state == "in_review" else []
    steps = [RouteStep.model_validate(step) for step in ahead]
    tell(
        session,
        CaseHandedOver(
            **of_case(case, deed.step),
            tiers=tuple(step.tier for step in steps if step.organization_id == handed.from_id),
            from_id=handed.from_id,
            handed_at=deed.at,
        ),
    )


async def tell_decision(session: Session, case: Case, deed: Deed, decision_id: UUID, now: Standing) -> None:
    """Tell what a tier decided: passed on, approved, or returned."""
    if deed.reviewer_id is None:
        return
    common: Decision = {
        **of_case(case, deed.step),
        "decision_id": decision_id,
        "decided_at": deed.at,
        "reviewer_id": deed.reviewer_id,
    }
    if now.state == "returned":
        until = await last_day(session, deed.at, FILE_AGAIN_DAYS)
        words = deed.comment or ""
        tell(session, Returned(**common, comment=words, remarks=deed.remarks, file_again_until=until))
    elif case.state == "approved" and case.approved_on is not None:
        tell(
            session,
            Approved(
                **common,
                comment=deed.comment,
                category=case.category,
                number=case.membership_number,
                approved_on=case.approved_on,
            ),
        )
    else:
        tell(
            session,
            TierDecided(
                **common,
                comment=deed.comment,
                next_tier=now.step.tier,
                next_organization_id=now.step.organization_id,
                next_organization_name=now.step.organization_name,
            ),
        )
