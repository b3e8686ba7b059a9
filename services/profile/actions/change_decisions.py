"""A change request was decided: an approved one is applied to the approved data as their next version."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from services.profile.actions import references
from services.profile.actions.approvals import note_approval
from services.profile.actions.change_states import end_change
from services.profile.actions.drafts import seal_entry, single_id, touch
from services.profile.actions.sharing import follow
from services.profile.actions.snapshots import Frozen, Version, freeze
from services.profile.actions.states import move
from services.profile.models import ChangeRequest, Entry, Snapshot, Viewer
from services.profile.queries import change_requests as queries, drafts, offices, snapshots
from services.profile.queries.drafts import Draft
from services.profile.rules import changes as law, contents as data
from services.profile.rules.filing import Office
from shared.contracts.events import ChangeApplied, ChangeDecided, ChangeHandedOver
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.outbox import tell
from shared.programmes.facts import pinyin
from shared.programmes.shape import Contents


async def hear_change_decided(session: Session, event: ChangeDecided) -> None:
    """End the request as review decided, and apply it where it was approved.

    While the submission is approved this makes its next version (status, route, category and number stay), and the
    draft follows; where the case was returned meanwhile, the draft alone is changed.
    """
    draft = await drafts.of_submission(session, event.submission_id, lock=True)
    if draft is None:
        raise Missing
    to: Any = "approved" if event.decision == "approve" else "rejected"
    if await end_change(session, event.change_request_id, to, comment=event.comment) and to == "approved":
        await _apply(session, draft, await queries.one(session, event.change_request_id))


async def _apply(session: Session, draft: Draft, request: ChangeRequest) -> None:
    """Bring the changes into the draft, and into a new version where the submission is approved."""
    changes = await queries.changes_of(session, request)
    entry_id = new_id() if request.kind == "add" else request.entry_id
    await _change_draft(session, draft, request, entry_id, changes)
    await touch(session, draft.profile_id)
    if draft.standing.status == "approved":
        await _next_version(session, draft, request, entry_id, changes)


async def _next_version(
    session: Session, draft: Draft, request: ChangeRequest, entry_id: UUID | None, changes: list[law.Change]
) -> None:
    """Freeze the approved data with the changes applied, one version higher; nothing else in them moves."""
    snapshot = await snapshots.newest(session, draft)
    base = data.thawed(await snapshots.opened(session, draft.account_id, snapshot))
    section = draft.programme.section(request.section)
    held = law.applied(base, section, _kind(request), str(entry_id) if entry_id else None, changes)
    employer = await _employer(session, held, snapshot)
    version = Version(draft.standing.version + 1, draft.standing.round, snapshot.route, employer, request.id)
    frozen = await freeze(session, draft, held, version)
    await move(session, draft, "approved", version=version.number)
    await session.execute(
        update(ChangeRequest).where(col(ChangeRequest.id) == request.id).values(applied_version=version.number)
    )
    seen = (col(Viewer.submission_id) == draft.submission_id) & (col(Viewer.version) == draft.standing.version)
    await session.execute(update(Viewer).where(seen).values(version=version.number))
    await note_approval(session, draft.submission_id, version.number, frozen.filed_at)
    if draft.programme.shares_with:
        await follow(session, draft.submission_id)
    tell(session, await _told(session, draft, request, version, frozen))


async def _employer(session: Session, held: Contents, snapshot: Snapshot) -> Office:
    """The organization that the changed data name as employer; that of the old version where nobody knows it."""
    named = data.employer(held)
    found = await offices.office(session, UUID(named)) if named else None
    return found or Office(snapshot.employer_id, snapshot.employer_name, "employer", "", municipal=False)


async def _told(
    session: Session, draft: Draft, request: ChangeRequest, version: Version, frozen: Frozen
) -> ChangeApplied:
    """The event of the new version."""
    return ChangeApplied(
        submission_id=draft.submission_id,
        case_id=draft.case_id,
        programme=draft.programme.programme,
        account_id=draft.account_id,
        applicant_name=frozen.applicant_name,
        applicant_pinyin=pinyin.of_person(frozen.applicant_name),
        employer_id=version.employer.organization_id,
        employer_name=version.employer.name,
        talent_type=draft.talent_type,
        version=version.number,
        round=version.round,
        change_request_id=request.id,
        content_hash=frozen.content_hash,
        attention=frozen.attention,
        applied_at=await clock.now(session),
    )


def _kind(request: ChangeRequest) -> law.Kind:
    """What is done to the record."""
    return cast("law.Kind", request.kind)


async def _change_draft(
    session: Session, draft: Draft, request: ChangeRequest, entry_id: UUID | None, changes: list[law.Change]
) -> None:
    """Bring the changes into the draft's own record; one that is not there any more stays away."""
    row_id = entry_id or single_id(draft.profile_id, request.section)
    if request.kind == "remove":
        await session.execute(delete(Entry).where(col(Entry.id) == row_id, col(Entry.profile_id) == draft.profile_id))
        return
    wanted = select(col(Entry.id), col(Entry.section), col(Entry.revision), col(Entry.content)).where(
        col(Entry.id) == row_id, col(Entry.profile_id) == draft.profile_id
    )
    found = await drafts.opened(session, draft.account_id, (await session.execute(wanted)).all())
    if not found and request.kind == "change":
        return
    values = law.after(found[0].values if found else {}, changes)
    record = references.Values(draft.programme.section(request.section), values)
    written: dict[str, Any] = {
        "content": await seal_entry(session, draft.account_id, row_id, values),
        "scans": record.scans(),
    }
    if found:
        moved = {"revision": col(Entry.revision) + 1, "updated_at": clock.now_sql()}
        await session.execute(update(Entry).where(col(Entry.id) == row_id).values(**written, **moved))
    else:
        await session.execute(
            insert(Entry).values(id=row_id, profile_id=draft.profile_id, section=request.section, **written)
        )


async def hear_change_handed_over(session: Session, event: ChangeHandedOver) -> None:
    """Another organization decides the request: it may see its scans, the old one no more."""
    waits = col(ChangeRequest.id) == event.change_request_id, col(ChangeRequest.status) == "waiting"
    named = {"organization_id": event.organization_id, "organization_name": event.organization_name}
    await session.execute(update(ChangeRequest).where(*waits).values(**named))
