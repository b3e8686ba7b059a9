"""Where a decision is made: one tier approves a version or returns it."""

from typing import NamedTuple
from uuid import UUID

from services.review import clients
from services.review.actions import cases, dossiers
from services.review.actions.deeds import Deed
from services.review.actions.move import move
from services.review.actions.sights import note_sight
from services.review.models import Case
from services.review.queries import decision_of_round, find, has_seen_since, standing_of
from services.review.rules import (
    Content,
    Decided,
    Standing,
    can_reopen,
    check_remarks,
    check_turn,
    check_verdict,
    is_holder,
    is_pinned,
    superseded,
)
from services.review.schemas import Decide, DecisionMade
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.programmes.catalogue import PROGRAMMES


class Judged(NamedTuple):
    """A decision that the law allows, about a case whose row is locked."""

    case: Case
    standing: Standing
    reopens: bool

    @property
    def seal(self) -> clients.Seal | None:
        """What profile must seal before it is made: the version, at the first tier alone (law 10)."""
        is_first = self.standing.is_undecided
        return clients.Seal("submission", self.case.submission_id, self.standing.version) if is_first else None


async def decide(session: Session, caller: Caller, case_id: UUID, body: Decide) -> DecisionMade:
    """Decide a case for the caller's organization, about the version that the reviewer saw.

    The case's row is locked, the law asked (`judge`), the version sealed by profile where the first tier decides, and
    the case moved (`move`). Refused: 404 not the caller's to see; 409 `already_decided`, `case_withdrawn`,
    `not_your_turn`, `version_superseded`; 422 of `rules.check_verdict` and `rules.check_remarks`; 503 while profile
    is away and is needed.
    """
    content = await content_pinned(session, caller, case_id, body)
    judged = await judge(session, caller, case_id, body, content)
    if judged.seal is not None:
        verdicts = await clients.seal([judged.seal], caller.person)
        check_sealed(verdicts[judged.seal.id])
    return await make(session, caller, judged, body)


async def content_pinned(session: Session, caller: Caller, case_id: UUID, body: Decide) -> Content | None:
    """The content that remarks point at, found before anything is locked; None where there is nothing to compare."""
    if not any(is_pinned(remark) for remark in body.pins):
        return None
    case, turn = await find(session, caller, case_id)
    if body.version != turn.version:
        return None
    return await dossiers.content_of(session, case, body.version, caller.person)


async def judge(session: Session, caller: Caller, case_id: UUID, body: Decide, content: Content | None) -> Judged:
    """Lock the case and ask the law whether this decision may be made: first whose turn it is, then what it says."""
    case = await cases.lock_reached(session, caller, case_id)
    standing = standing_of(case)
    if standing is None:
        raise Missing
    programme = PROGRAMMES[case.programme]
    holds = is_holder(standing, caller.organization)
    decided = None if holds else await decision_of_round(session, case, caller.organization)
    reopens = can_reopen(
        standing, caller.organization, body.decision, policy=programme.after_approval.can_be_returned
    ) and await has_seen_since(session, case, caller, decided)
    check_turn(
        standing,
        caller.organization,
        body.version,
        reopens=reopens,
        decided=decided.shown if decided else None,
    )
    check_verdict(
        body.decision,
        comment=body.words,
        category=body.category,
        remarks=len(body.remarks),
        categories=[known.category for known in programme.categories] if standing.step.classifies else [],
    )
    if content is not None:
        check_remarks(body.pins, content, programme)
    return Judged(case, standing, reopens)


def check_sealed(verdict: clients.Verdict) -> None:
    """Refuse (409) a decision about a version that profile did not seal: a newer one is there, or it was withdrawn."""
    if not verdict.is_sealed:
        raise superseded(verdict.version)


async def make(session: Session, caller: Caller, judged: Judged, body: Decide) -> DecisionMade:
    """Make the decision: nothing stands against it any more."""
    case, standing = judged.case, judged.standing
    deed = Deed(
        kind="decided",
        at=await clock.now(session),
        round=standing.round,
        version=standing.version,
        step=standing.step,
        content_hash=case.content_hash,
        reviewer_id=caller.person,
        decision=body.decision,
        comment=body.words,
        remarks=body.pins,
        category=body.category,
        reopens=judged.reopens,
    )
    await note_sight(session, case.id, caller, standing.version)
    entry_id = await move(session, case, deed, Decided(body.decision))
    if entry_id is None:
        raise Missing
    return DecisionMade(
        decision_id=entry_id,
        case_id=case.id,
        version=standing.version,
        tier=standing.step.tier,
        decision=body.decision,
        decided_at=deed.at,
        state=case.state,
        next_tier=case.tier if case.state == "in_review" else None,
    )
