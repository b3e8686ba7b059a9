"""Decisions: one, or many at once."""

from uuid import UUID

from fastapi import Request, Response

from services.review import actions
from services.review.schemas import BatchAnswer, BatchItem, Decide, DecideMany, DecideOne, DecisionMade
from shared.contracts.identity import Caller
from shared.contracts.refusals import Refusal
from shared.kit.database import Session
from shared.kit.web import CallerDep, OnceDep, router
from shared.kit.web.problems import language_of, problem

routes = router(prefix="/review", tags=["review"])


@routes.post("/cases/{case_id}/decisions", status_code=201, response_model=DecisionMade)
async def decide(case_id: UUID, body: Decide, caller: CallerDep, once: OnceDep) -> Response:
    """Approve or return the version that was seen."""
    return await once(201, actions.decide, caller, case_id, body)


@routes.post("/decisions", status_code=207, response_model=BatchAnswer)
async def decide_many(body: DecideMany, caller: CallerDep, once: OnceDep, request: Request) -> Response:
    """Up to 200 decisions, with an answer each."""
    language = language_of(request.headers.get("accept-language"))
    return await once(207, _answered, caller, body, language)


async def _answered(session: Session, caller: Caller, body: DecideMany, language: str) -> BatchAnswer:
    """Decide, and say of each what a single call would have answered."""
    outcomes = await actions.decide_many(session, caller, body.decisions)
    answers = zip(body.decisions, outcomes, strict=True)
    return BatchAnswer(items=[_item(decision, outcome, language) for decision, outcome in answers])


def _item(decision: DecideOne, outcome: DecisionMade | Refusal, language: str) -> BatchItem:
    if isinstance(outcome, DecisionMade):
        return BatchItem(case_id=decision.case_id, status=201, decision=outcome)
    status, document, _headers = problem(outcome, language)
    return BatchItem(case_id=decision.case_id, status=status, problem=document)
