"""Hands what an organization has not decided yet to another: cases that wait there or will, and change requests.

Where it is asked for, what the organization approved at last goes along: the other answers for it from then on.
"""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from services.review.actions import cases, history
from services.review.actions.change_requests import hand_change
from services.review.actions.deeds import Deed
from services.review.actions.mergers import inherit, take_the_rest, taker_of
from services.review.actions.move import move
from services.review.actions.telling import tell_handed_over
from services.review.models import Case, ChangeRequest, Claim, Handover, Organization
from services.review.queries import (
    demand_administrator,
    handover_of,
    has_still_to_decide,
    open_programmes,
    open_work,
    organization_known,
    standing_of,
)
from services.review.rules import HandedOver, Party, after, check_heir
from services.review.schemas import HandOver, HandoverShown
from shared.contracts.events import RouteStep
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.database import Session
from shared.kit.jobs import Work, later
from shared.programmes.catalogue import PROGRAMMES

QUEUE = "review.clock"
CHUNK = 50
"""So many cases in one transaction: decisions that come meanwhile wait no longer than that."""


async def ask_handover(session: Session, caller: Caller, organization_id: UUID, body: HandOver) -> HandoverShown:
    """Let what the organization has not decided yet go to another, and what it answers for where that is asked for.

    Refused: 403 to all but administrators; 404; 422 of `rules.check_heir`; 409 `handover_running`.
    """
    demand_administrator(caller)
    giver = await organization_known(session, organization_id)
    taker = (await session.execute(select(Organization).where(col(Organization.id) == body.to))).scalar_one_or_none()
    employers = {programme.tiers[0].tier for programme in PROGRAMMES.values()}
    programmes = await open_programmes(session, organization_id, *_states(takes_approved=body.approved))
    check_heir(_party(giver), _party(taker) if taker else None, programmes, employers)
    work = await open_work(session, caller, organization_id)
    total = work.waiting + work.coming + work.change_requests + (work.approved if body.approved else 0)
    row = Handover(
        queue=QUEUE,
        from_id=giver.id,
        to_id=body.to,
        asked_by=caller.person,
        takes_approved=body.approved,
        total=total,
    )
    later(session, row)
    try:
        await session.flush()
    except IntegrityError as error:
        raise Conflict("handover_running", _("该单位的移交正在进行，请等待完成。")) from error
    to, approved = body.to, body.approved
    about = "organization", giver.id
    await audit.note(session, caller, "cases_handed_over", *about, to=to, total=total, approved=approved)
    return await handover_of(session, caller, row.id)


async def hand_over(work: Work[Handover]) -> None:
    """Run a handover, some cases in one transaction; begun anew it goes on where it was.

    A merger's takes along what was decided and who is employed, too.
    """
    last: UUID | None = None
    while (last := await work.database.act(_some_cases, work.row, last)) is not None:
        pass
    while await work.database.act(_some_changes, work.row):
        pass
    if work.row.merges:
        await take_the_rest(work)


async def _some_cases(session: Session, row: Handover, last: UUID | None) -> UUID | None:
    """Hand some cases over; gives the last of them, None when there are no more."""
    is_open = has_still_to_decide(row.from_id, *_states_of(row))
    wanted = select(col(Case.id)).where(is_open).order_by(col(Case.id)).limit(CHUNK)
    if last is not None:
        wanted = wanted.where(col(Case.id) > last)
    case_ids = (await session.execute(wanted)).scalars().all()
    taker = await taker_of(session, row)
    moved = [await _hand_case(session, row, taker, case_id) for case_id in case_ids]
    await _count(session, row, sum(moved))
    return case_ids[-1] if case_ids else None


async def _hand_case(session: Session, row: Handover, taker: Organization, case_id: UUID) -> bool:
    """Hand one case over; False where its organization has decided meanwhile."""
    case = await cases.lock(session, case_id)
    standing = standing_of(case) if case is not None else None
    handed = HandedOver(row.from_id, taker.id, taker.name)
    is_its = standing is not None and standing.state in _states_of(row)
    if case is None or standing is None or not is_its or after(standing, handed) == standing:
        return False
    old = next(step for step in standing.route[standing.position :] if step.organization_id == row.from_id)
    deed = Deed(
        kind="handed_over",
        at=await clock.now(session),
        round=standing.round,
        version=standing.version,
        step=old.model_copy(update={"organization_id": taker.id, "organization_name": taker.name}),
        content_hash=case.content_hash,
        reviewer_id=row.asked_by,
        comment=old.organization_name,
    )
    await session.execute(delete(Claim).where(col(Claim.case_id) == case.id, col(Claim.organization_id) == row.from_id))
    if standing.state == "in_review" or row.takes_approved:
        tell_handed_over(session, case, deed, handed)
    await move(session, case, deed, handed)
    if standing.state == "approved" and row.takes_approved:
        await inherit(session, case, row.from_id, taker.id)
    return True


async def _some_changes(session: Session, row: Handover) -> bool:
    """Hand some waiting change requests over; False when there are no more."""
    wanted = (
        select(ChangeRequest)
        .where(col(ChangeRequest.organization_id) == row.from_id, col(ChangeRequest.status) == "waiting")
        .order_by(col(ChangeRequest.id))
        .limit(CHUNK)
        .with_for_update()
    )
    requests = (await session.execute(wanted)).scalars().all()
    taker = await taker_of(session, row)
    for request in requests:
        await _remember(session, row, request, taker)
        await hand_change(session, request, taker)
    await _count(session, row, len(requests))
    return bool(requests)


async def _remember(session: Session, row: Handover, request: ChangeRequest, taker: Organization) -> None:
    """Let the history of the case say that its change request was handed over."""
    found = select(col(Case.id)).where(col(Case.submission_id) == request.submission_id)
    case_id = (await session.execute(found)).scalar_one_or_none()
    case = await cases.lock(session, case_id) if case_id else None
    if case is None:
        return
    deed = Deed(
        kind="handed_over",
        at=await clock.now(session),
        round=case.round,
        version=case.version,
        step=RouteStep(tier=request.tier, organization_id=taker.id, organization_name=taker.name),
        content_hash=case.content_hash,
        reviewer_id=row.asked_by,
        comment=request.organization_name,
    )
    await history.append(session, case, deed)
    await cases.write(session, case)


async def _count(session: Session, row: Handover, some: int) -> None:
    """Note how far it has come, with what came of it."""
    await session.execute(update(Handover).where(col(Handover.id) == row.id).values(done=col(Handover.done) + some))


def _states(*, takes_approved: bool) -> tuple[str, ...]:
    """The states of cases that a handover moves."""
    return ("in_review", "approved") if takes_approved else ("in_review",)


def _states_of(row: Handover) -> tuple[str, ...]:
    """The same of one that was asked for; a merger moves all."""
    return _states(takes_approved=row.merges or row.takes_approved)


def _party(row: Organization) -> Party:
    return Party(row.id, row.kind, row.region, row.programmes, row.is_disabled)
