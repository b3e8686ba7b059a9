"""Reads of what a dossier holds: the form of its newest version, its scans, and what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.profile.models import Document, Profile, Scan, Snapshot, SnapshotScan, Submission, TierProgress
from services.profile.queries import drafts, forms, offices
from services.profile.queries.drafts import Draft
from services.profile.queries.progress import decided, route
from services.profile.rules import dossier as law
from services.profile.rules.contents import contents_masked, id_number
from services.profile.rules.dossier import Happened
from services.profile.rules.form import form, organizations_in
from services.profile.rules.progress import current
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session


@dataclass(frozen=True, slots=True)
class NamedScan:
    """A scan that the version names, and where."""

    scan_id: UUID
    title: str
    pages: int
    sha256: str
    status: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a dossier says."""

    draft: Draft
    words: dict[str, Any]
    photo: str | None
    scans: Sequence[NamedScan]
    history: Sequence[Happened]
    content_hash: str


async def holder_now(session: Session, draft: Draft) -> UUID | None:
    """The organization that holds a submission: its current tier's; of an approved one who answers for it now."""
    steps = await route(session, draft.submission_id, draft.standing.version)
    if draft.standing.status == "in_review":
        done = await decided(session, [(draft.submission_id, draft.standing.round)])
        step = current(steps, done[draft.submission_id])
    elif draft.standing.status == "approved":
        step = steps[-1]
    else:
        return None
    answers = select(col(Submission.holder_id)).where(col(Submission.id) == draft.submission_id)
    handed = select(col(TierProgress.holder_id)).where(
        col(TierProgress.submission_id) == draft.submission_id,
        col(TierProgress.round) == draft.standing.round,
        col(TierProgress.tier) == step["tier"],
    )
    answerable = (await session.execute(answers)).scalar_one() if draft.standing.status == "approved" else None
    found = answerable or (await session.execute(handed)).scalar_one_or_none()
    held = found or UUID(step["organization"]["organization_id"])
    present = await offices.office(session, held)
    return present.organization_id if present else held


async def is_same_person(session: Session, account_id: UUID, draft: Draft) -> bool:
    """Whether an account declares the ID number of a submission's applicant in a profile of its own (rule 7)."""
    wanted = select(col(Profile.programme)).where(col(Profile.account_id) == account_id)
    slugs = list((await session.execute(wanted)).scalars())
    if not slugs:
        return False
    theirs = id_number(drafts.contents_of(draft, await drafts.records(session, draft)))
    for slug in slugs:
        own = await drafts.own(session, account_id, slug)
        if own and theirs and id_number(drafts.contents_of(own, await drafts.records(session, own))) == theirs:
            return True
    return False


async def dossier(session: Session, document: Document) -> Dossier:
    """What one dossier says; for an administrator the form is masked."""
    draft = await drafts.of_submission(session, document.submission_id) if document.submission_id else None
    if draft is None or document.version is None:
        raise Missing
    leaf = await forms.leaf(session, draft.account_id, draft.programme.programme, document.version)
    names = await forms.names(session, organizations_in(draft.programme, leaf.held))
    held = contents_masked(draft.programme, leaf.held) if document.asked_as == "administrator" else leaf.held
    snapshot_id, content_hash = await _snapshot(session, draft, document.version)
    return Dossier(
        draft,
        form(draft.programme, held, replace(leaf.paper, names=names)),
        forms.photo_of(leaf),
        await _scans(session, draft, snapshot_id),
        await _history(session, draft),
        content_hash,
    )


async def _snapshot(session: Session, draft: Draft, version: int) -> tuple[UUID, str]:
    """The frozen version's id and hash."""
    wanted = select(col(Snapshot.id), col(Snapshot.content_hash)).where(
        col(Snapshot.submission_id) == draft.submission_id, col(Snapshot.version) == version
    )
    row = (await session.execute(wanted)).one()
    return row.id, row.content_hash


async def _scans(session: Session, draft: Draft, snapshot_id: UUID) -> list[NamedScan]:
    """The scans of a version in its order; entries of a section are counted as they come."""
    wanted = (
        select(SnapshotScan, Scan)
        .join(Scan, col(Scan.id) == col(SnapshotScan.scan_id))
        .where(col(SnapshotScan.snapshot_id) == snapshot_id)
        .order_by(col(SnapshotScan.position))
    )
    places: dict[str, dict[UUID, int]] = {}
    found = []
    for row in (await session.execute(wanted)).all():
        named, scan = row.SnapshotScan, row.Scan
        known = places.setdefault(named.section, {})
        place = known.setdefault(named.entry_id, len(known) + 1) if named.entry_id else None
        title = law.scan_title(draft.programme, named.section, named.field, place)
        found.append(NamedScan(scan.id, title, scan.pages, scan.sha256, scan.status))
    return found


async def _history(session: Session, draft: Draft) -> list[Happened]:
    """Every version and every decision, in the order of time."""
    versions = select(Snapshot).where(col(Snapshot.submission_id) == draft.submission_id)
    tiers = select(TierProgress).where(
        col(TierProgress.submission_id) == draft.submission_id, col(TierProgress.decision).is_not(None)
    )
    offices: dict[tuple[int, str], tuple[str, str]] = {}
    happened = []
    for snapshot in (await session.execute(versions.order_by(col(Snapshot.version)))).scalars():
        at = snapshot.filed_at.astimezone(clock.CHINA)
        change = str(snapshot.change_request_id) if snapshot.change_request_id else None
        happened.append(law.filed(at, snapshot.version, change))
        for step in snapshot.route:
            offices[snapshot.round, step["tier"]] = (step["title"]["zh"], step["organization"]["name"])
    for row in (await session.execute(tiers)).scalars():
        title, organization = offices.get((row.round, row.tier), (row.tier, ""))
        if row.decided_at and row.decision:
            at = row.decided_at.astimezone(clock.CHINA)
            happened.append(law.decided(at, title, organization, row.decision, row.comment))
    return sorted(happened, key=lambda one: one.at)
