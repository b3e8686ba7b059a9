"""Where a change request is decided: approved, or rejected with a comment."""

from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from services.review import clients
from services.review.actions import cases, history
from services.review.actions.cases import FRESH
from services.review.actions.change_requests import of_change
from services.review.actions.deeds import Deed
from services.review.actions.read_changes import content_of_change
from services.review.models import Case, ChangeRequest
from services.review.queries import change_item, decision_of_change, find_change
from services.review.rules import superseded
from services.review.schemas import ChangeItem, DecideChange
from shared.contracts.events import ChangeDecided, RouteStep
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Fault, Invalid
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.outbox import tell

STATUSES = {"approve": "approved", "reject": "rejected"}


async def decide_change(session: Session, caller: Caller, change_request_id: UUID, body: DecideChange) -> ChangeItem:
    """Decide a change request for the caller's organization; gives it as it stands then.

    Its row is locked and profile asked to seal it; then it is written, the case's history takes the decision in, and
    `ChangeDecided` is told; profile applies it. Refused: 404 not the caller's to see; 409 `already_decided`,
    `change_withdrawn`, `version_superseded`; 422 `comment_missing` on a rejection; 503 while profile is away.
    """
    request = await find_change(session, caller, change_request_id)
    await content_of_change(session, request, caller.person)
    request = await _locked(session, request.id)
    await _check(session, request, body)
    await _seal(request, caller)
    await _write(session, request, caller, body)
    await _remember(session, request)
    _tell(session, request)
    return await change_item(session, caller, request)


async def _locked(session: Session, change_request_id: UUID) -> ChangeRequest:
    """The row, held until the transaction ends."""
    held = select(ChangeRequest).where(col(ChangeRequest.id) == change_request_id).with_for_update()
    request: ChangeRequest = (await session.execute(held, execution_options=FRESH)).scalar_one()
    session.expunge(request)
    return request


async def _check(session: Session, request: ChangeRequest, body: DecideChange) -> None:
    """State first, then what was said."""
    if request.status == "withdrawn":
        raise _withdrawn()
    if request.status != "waiting":
        members = await decision_of_change(session, request)
        raise Conflict("already_decided", _("该变更申请已审核，不能重复审核。"), members=members)
    if body.decision == "reject" and not body.words:
        fault = Fault("comment_missing", _("不同意变更时必须填写意见。"), field="comment")
        raise Invalid("comment_missing", faults=[fault])


async def _seal(request: ChangeRequest, caller: Caller) -> None:
    """Let profile seal it: from then on it cannot be withdrawn (law 10)."""
    seal = clients.Seal("change_request", request.id)
    verdict = (await clients.seal([seal], caller.person))[request.id]
    if not verdict.is_sealed:
        raise _withdrawn() if verdict.reason == "withdrawn" else superseded(verdict.version)


def _withdrawn() -> Conflict:
    return Conflict("change_withdrawn", _("申请人已撤回该变更申请，无需审核。"))


async def _write(session: Session, request: ChangeRequest, caller: Caller, body: DecideChange) -> None:
    """Write the decision, and put it on the request in hand."""
    request.status, request.comment = STATUSES[body.decision], body.words
    request.reviewer_id, request.decided_at = caller.person, await clock.now(session)
    values = {name: getattr(request, name) for name in ("status", "comment", "reviewer_id", "decided_at")}
    await session.execute(update(ChangeRequest).where(col(ChangeRequest.id) == request.id).values(**values))


async def _remember(session: Session, request: ChangeRequest) -> None:
    """Let the history of the case take the decision in; the case stays as it is."""
    found = select(col(Case.id)).where(col(Case.submission_id) == request.submission_id)
    case_id = (await session.execute(found)).scalar_one_or_none()
    case = await cases.lock(session, case_id) if case_id else None
    if case is None or request.decided_at is None:
        return
    step = RouteStep(
        tier=request.tier,
        organization_id=request.organization_id,
        organization_name=request.organization_name,
    )
    deed = Deed(
        kind="change_decided",
        at=request.decided_at,
        round=case.round,
        version=case.version,
        step=step,
        content_hash=case.content_hash,
        reviewer_id=request.reviewer_id,
        decision="approve" if request.status == "approved" else "reject",
        comment=request.comment,
    )
    await history.append(session, case, deed)
    await cases.write(session, case)


def _tell(session: Session, request: ChangeRequest) -> None:
    """Tell the decision: profile applies it, notify writes to the applicant."""
    if request.decided_at is None or request.reviewer_id is None:
        return
    tell(
        session,
        ChangeDecided(
            **of_change(request),
            organization_id=request.organization_id,
            organization_name=request.organization_name,
            decision="approve" if request.status == "approved" else "reject",
            comment=request.comment,
            decided_at=request.decided_at,
            reviewer_id=request.reviewer_id,
        ),
    )
