"""Mergers: an organization whose place another took gives it all that is its own, by the job of a handover.

What is open is handed over as always (`handovers.hand_over`). What follows here is the rest: the other may read what
was decided, its cases are found under the employer of today, and absences of its reviewers stay known.
"""

from uuid import UUID

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.review.models import Case, Delegation, Handover, Organization, Sight, Turn
from services.review.queries import has_still_to_decide, organization_known
from services.review.rules import terms, tokens
from shared.kit.database import Session
from shared.kit.jobs import Work, later

QUEUE = "review.clock"
CHUNK = 200
"""So many cases in one transaction."""


async def heir_in_chain(session: Session, into_id: UUID | None) -> UUID | None:
    """The organization that took the place, where the one that is named was merged itself meanwhile."""
    if into_id is None:
        return None
    found = await session.execute(select(col(Organization.merged_into)).where(col(Organization.id) == into_id))
    return found.scalar_one_or_none() or into_id


async def merge(session: Session, old_id: UUID, into_id: UUID, merged_by: UUID) -> None:
    """Let all that an organization has go to the one that took its place; what came to it by a merger, too."""
    earlier = update(Organization).where(col(Organization.merged_into) == old_id)
    await session.execute(earlier.values(merged_into=into_id))
    is_open = has_still_to_decide(old_id, "in_review", "approved")
    total = (await session.execute(select(func.count()).select_from(Case).where(is_open))).scalar_one()
    row = Handover(queue=QUEUE, from_id=old_id, to_id=into_id, asked_by=merged_by, merges=True, total=total)
    later(session, row)


async def taker_of(session: Session, row: Handover) -> Organization:
    """Who takes over: the one that was named, or that took its place since. Refused: Missing, until auth has told."""
    return await organization_known(session, await heir_in_chain(session, row.to_id) or row.to_id)


async def take_the_rest(work: Work[Handover]) -> None:
    """Move what was decided and who is employed, some cases in one transaction."""
    for some in (_some_turns, _some_employed):
        while await work.database.act(some, work.row):
            pass
    await work.database.act(_absences, work.row)


async def _some_turns(session: Session, row: Handover) -> bool:
    """Let some cases that the old organization had be the new one's to read; False when there are no more."""
    taker = await taker_of(session, row)
    wanted = (
        select(Turn, Case)
        .join(Case, col(Case.id) == col(Turn.case_id))
        .where(col(Turn.organization_id) == row.from_id)
        .order_by(col(Turn.case_id))
        .limit(CHUNK)
        .with_for_update(of=Turn)
    )
    held = (await session.execute(wanted)).all()
    if held:
        rows = [_inherited(turn, case, taker.id) for turn, case in held]
        await session.execute(insert(Turn).values(rows).on_conflict_do_nothing())
        await _move_sights(session, row.from_id, taker.id, [turn.case_id for turn, _case in held])
    return bool(held)


async def inherit(session: Session, case: Case, old_id: UUID, taker_id: UUID) -> None:
    """Let a case that the old organization decided be the other's to read as well; the old one still reads it."""
    mine = col(Turn.case_id) == case.id, col(Turn.organization_id) == old_id
    turn = (await session.execute(select(Turn).where(*mine))).scalar_one_or_none()
    if turn is None:
        return
    row = _inherited(turn, case, taker_id)
    newer = insert(Turn).values(row)
    await session.execute(newer.on_conflict_do_update(index_elements=["case_id", "organization_id"], set_=row))


def _inherited(turn: Turn, case: Case, taker_id: UUID) -> dict[str, object]:
    """The turn as the new organization's own: what it is searched by covers the organization."""
    words = terms(case.applicant_name, case.applicant_pinyin, case.number, case.id_last4_index)
    return {**turn.model_dump(), "organization_id": taker_id, "terms": tokens(taker_id, words)}


async def _move_sights(session: Session, old_id: UUID, into_id: UUID, case_ids: list[UUID]) -> None:
    """What the old organization saw counts as seen by the new one; its own turns end."""
    names = [name for name in Sight.model_fields if name != "organization_id"]
    columns = [col(getattr(Sight, name)) for name in names]
    mine = col(Sight.organization_id) == old_id, col(Sight.case_id).in_(case_ids)
    seen = select(*columns, literal(into_id)).where(*mine)
    await session.execute(insert(Sight).from_select([*names, "organization_id"], seen).on_conflict_do_nothing())
    ended = col(Turn.organization_id) == old_id, col(Turn.case_id).in_(case_ids)
    await session.execute(delete(Turn).where(*ended))


async def _some_employed(session: Session, row: Handover) -> bool:
    """Let some cases of its people name the new employer; False when there are no more."""
    taker = await taker_of(session, row)
    case_ids = (
        (
            await session.execute(
                select(col(Case.id))
                .where(col(Case.employer_id) == row.from_id)
                .order_by(col(Case.id))
                .limit(CHUNK)
                .with_for_update()
            )
        )
        .scalars()
        .all()
    )
    named = {"employer_id": taker.id, "employer_name": taker.name}
    await session.execute(update(Case).where(col(Case.id).in_(case_ids)).values(**named))
    await session.execute(update(Turn).where(col(Turn.case_id).in_(case_ids)).values(employer_id=taker.id))
    return bool(case_ids)


async def _absences(session: Session, row: Handover) -> None:
    """Let colleagues who stand in for one another still do so."""
    taker = await taker_of(session, row)
    theirs = update(Delegation).where(col(Delegation.organization_id) == row.from_id)
    await session.execute(theirs.values(organization_id=taker.id))
