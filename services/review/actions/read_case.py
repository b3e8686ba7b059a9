"""A reviewer opens a dossier: the snapshot is fetched when it is first opened, and the opening is told."""

from collections.abc import Mapping
from uuid import UUID

from services.review import clients
from services.review.actions import dossiers
from services.review.actions.duplicates import beside_duplicates
from services.review.actions.openings import tell_opened
from services.review.actions.sights import note_sight
from services.review.models import Case, Turn
from services.review.queries import (
    calendar_of,
    find,
    history_of,
    item_of,
    lacking_copies,
    organizations,
    seen_before,
    standing_of,
    usual_days,
)
from services.review.rules import Content, can_reopen, changes, is_holder, masked, organizations_in
from services.review.schemas import CaseShown, SnapshotShown
from shared.contracts.identity import Caller
from shared.kit import audit
from shared.kit.database import Database, Session
from shared.programmes.catalogue import PROGRAMMES

Fetched = Mapping[int, tuple[Content, str]]


async def read_case(database: Database, caller: Caller, case_id: UUID) -> CaseShown:
    """Give a case with its snapshot, scans, history, and what changed since this tier last saw it.

    Profile is asked for versions that have no copy here, while no transaction is open. Values are whole only where
    the caller's organization decides now. Refused: 404 not the caller's to see; 503 profile is away and there is no
    copy; 410 the person's data were erased.
    """
    submission_id, lacking = await database.read(lacking_copies, caller, case_id)
    fetched = {version: await clients.snapshot(submission_id, version, caller.person) for version in lacking}
    return await beside_duplicates(database, caller, await database.act(_open, caller, case_id, fetched))


async def _open(session: Session, caller: Caller, case_id: UUID, fetched: Fetched) -> CaseShown:
    """Keep what was fetched, note who saw what, tell the opening, and lay the dossier out."""
    case, turn = await find(session, caller, case_id)
    for content, content_hash in fetched.values():
        await dossiers.keep(session, case, content, content_hash)
    older = await seen_before(session, case.id, caller.organization, turn.version)
    content = await dossiers.content_of(session, case, turn.version, caller.person)
    before = await dossiers.content_of(session, case, older, caller.person) if older else None
    await note_sight(session, case.id, caller, turn.version)
    await _note_opened(session, caller, case, turn)
    return await _lay_out(session, caller, case, turn, content, before)


async def _note_opened(session: Session, caller: Caller, case: Case, turn: Turn) -> None:
    """Tell who opened the dossier, so that its applicant can see that, and note it for the audit trail."""
    await audit.note(
        session, caller, "case_opened", "case", case.id, programme=case.programme, version=turn.version, tier=turn.tier
    )
    own = next((step for step in case.route if step["organization_id"] == str(caller.organization)), {})
    place = str(own.get("organization_name", ""))
    await tell_opened(session, caller, case, version=turn.version, tier=turn.tier, place=place)


async def _lay_out(
    session: Session, caller: Caller, case: Case, turn: Turn, content: Content, before: Content | None
) -> CaseShown:
    """The dossier as the caller's organization may see it."""
    programme, standing = PROGRAMMES[case.programme], standing_of(case)
    in_full = standing is not None and is_holder(standing, caller.organization)
    shown = content if in_full else masked(content, programme)
    item = await item_of(session, case, turn)
    named = organizations_in(content, programme) | (organizations_in(before, programme) if before else set())
    return CaseShown.model_validate(
        {
            **item.model_dump(),
            "snapshot": SnapshotShown.model_validate(
                {"version": shown.version, "filed_at": shown.filed_at, "sections": shown.sections}
            ),
            "scans": shown.scans,
            "history": await history_of(session, case),
            "changed_since_last_seen": changes(before, content, programme, in_full=in_full) if before else None,
            "organizations": list((await organizations(session, dict.fromkeys(named, ""))).values()),
            "usual_days": await _usual(session, case),
            "category": case.category,
            "membership_number": case.membership_number,
            "can_return": standing is not None
            and can_reopen(standing, caller.organization, "return", policy=programme.after_approval.can_be_returned),
        }
    )


async def _usual(session: Session, case: Case) -> dict[str, int] | None:
    """The working days that the office which holds the case usually takes."""
    if case.state != "in_review" or case.organization_id is None:
        return None
    usual = await usual_days(session, case.organization_id, case.tier, await calendar_of(session))
    return usual._asdict() if usual else None
