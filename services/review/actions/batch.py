"""Many decisions at once: each is answered by itself, and one that fails leaves the others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from services.review import clients
from services.review.actions import cases
from services.review.actions.decide import Judged, check_sealed, content_pinned, judge, make
from services.review.rules import Content
from services.review.schemas import DecideOne, DecisionMade
from shared.contracts.identity import Caller
from shared.contracts.refusals import Refusal, Unavailable
from shared.kit.database import Session

Outcome = DecisionMade | Refusal


async def decide_many(session: Session, caller: Caller, decisions: Sequence[DecideOne]) -> list[Outcome]:
    """Decide up to 200 cases in one transaction; gives a decision or a refusal for each, in the order given.

    All rows are locked in the order of their ids. Profile seals in one call; while it is away, only decisions of
    first tiers are refused. Each decision is made in a savepoint of its own.
    """
    contents = [await _content(session, caller, decision) for decision in decisions]
    await cases.lock_all(session, caller, [decision.case_id for decision in decisions])
    judged = [
        content if isinstance(content, Refusal) else await _judged(session, caller, decision, content)
        for decision, content in zip(decisions, contents, strict=True)
    ]
    verdicts = await _sealed(judged, caller)
    times = Counter(decision.case_id for decision in decisions)
    outcomes: list[Outcome] = []
    for decision, content, first in zip(decisions, contents, judged, strict=True):
        if isinstance(first, Refusal) or isinstance(content, Refusal):
            outcomes.append(first if isinstance(first, Refusal) else Unavailable())
        else:
            known = first if times[decision.case_id] == 1 else None
            outcomes.append(await _made(session, caller, decision, (content, known), verdicts))
    return outcomes


async def _content(session: Session, caller: Caller, decision: DecideOne) -> Content | Refusal | None:
    """What the remarks point at, or why it cannot be had."""
    try:
        async with session.begin_nested():
            return await content_pinned(session, caller, decision.case_id, decision)
    except Refusal as refusal:
        return refusal


async def _judged(session: Session, caller: Caller, decision: DecideOne, content: Content | None) -> Judged | Refusal:
    """What the law says before anything of the batch is made."""
    try:
        return await judge(session, caller, decision.case_id, decision, content)
    except Refusal as refusal:
        return refusal


async def _sealed(judged: Sequence[Judged | Refusal], caller: Caller) -> Mapping[UUID, clients.Verdict] | Refusal:
    """Let profile seal all versions that first tiers decide, in one call."""
    seals = {one.seal for one in judged if isinstance(one, Judged) and one.seal is not None}
    try:
        return await clients.seal(sorted(seals, key=lambda seal: seal.id), caller.person) if seals else {}
    except Unavailable as refusal:
        return refusal


async def _made(
    session: Session,
    caller: Caller,
    decision: DecideOne,
    judged_first: tuple[Content | None, Judged | None],
    verdicts: Mapping[UUID, clients.Verdict] | Refusal,
) -> Outcome:
    """Make one decision in its savepoint. The law is asked again where an earlier one is about the same case."""
    content, known = judged_first
    try:
        async with session.begin_nested():
            judged = known or await judge(session, caller, decision.case_id, decision, content)
            if judged.seal is not None:
                if isinstance(verdicts, Refusal):
                    return verdicts
                check_sealed(verdicts[judged.seal.id])
            return await make(session, caller, judged, decision)
    except Refusal as refusal:
        return refusal
