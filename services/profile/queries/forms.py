"""Reads of what the declaration form shows: the draft, or a version with what its tiers decided."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from services.profile.models import Organization, Snapshot, Submission
from services.profile.queries import drafts, snapshots
from services.profile.queries.drafts import Draft
from services.profile.queries.progress import decided
from services.profile.rules.contents import contents, photo, thawed
from services.profile.rules.form import Paper
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.programmes.shape import Contents


@dataclass(frozen=True, slots=True)
class Leaf:
    """A form's contents, and what is known besides."""

    draft: Draft
    held: Contents
    paper: Paper


async def leaf(session: Session, account_id: UUID, slug: str, version: int | None) -> Leaf:
    """One's own form: of a version, or of the approved one, else of the draft as it is."""
    draft = await drafts.own(session, account_id, slug)
    if draft is None:
        raise Missing
    if version is None and draft.standing.status != "approved":
        return await _of_draft(session, draft)
    return await _of_version(session, draft, version or draft.standing.version)


def photo_of(found: Leaf) -> str | None:
    """The scan of the photo on a form."""
    return photo(found.draft.programme, found.held)


async def names(session: Session, ids: set[str]) -> dict[str, str]:
    """Organizations' names by their ids."""
    if not ids:
        return {}
    wanted = select(col(Organization.id), col(Organization.name)).where(col(Organization.id).in_(map(UUID, ids)))
    return {str(row.id): row.name for row in await session.execute(wanted)}


async def _of_draft(session: Session, draft: Draft) -> Leaf:
    """The draft's form."""
    held = contents(draft.programme, drafts.by_section(await drafts.records(session, draft)))
    return Leaf(draft, held, Paper(status=draft.standing.status, is_approved=False, number=draft.number))


async def _of_version(session: Session, draft: Draft, number: int) -> Leaf:
    """A version's form."""
    snapshot = await snapshots.version(session, draft.submission_id, number)
    held = thawed(await snapshots.opened(session, draft.account_id, snapshot))
    is_standing = number >= await _filed_last(session, draft, snapshot.round)
    done = await decided(session, [(draft.submission_id, snapshot.round)]) if is_standing else {}
    verdicts = done.get(draft.submission_id, {})
    tiers = [_tier(step, verdicts.get(step["tier"])) for step in snapshot.route]
    is_approved = bool(tiers) and tiers[-1]["decision"] == "approve"
    category, pool_number = await _membership(session, draft) if is_approved else (None, None)
    paper = Paper(
        status=draft.standing.status if number == draft.standing.version else _past(is_approved=is_approved),
        is_approved=is_approved,
        number=draft.number,
        version=number,
        filed_at=snapshot.filed_at.astimezone(clock.CHINA),
        category=category,
        membership_number=pool_number,
        tiers=tiers,
    )
    return Leaf(draft, held, paper)


def _past(*, is_approved: bool) -> str:
    """How an older version ended, as the form says it."""
    return "approved" if is_approved else "returned"


def _tier(step: dict[str, Any], verdict: Any) -> dict[str, Any]:  # noqa: ANN401 - a Decided, or None
    """A tier of the route with what it decided."""
    return {
        "title": step["title"]["zh"],
        "organization": step["organization"]["name"],
        "decision": verdict.decision if verdict else None,
        "decided_at": verdict.decided_at.astimezone(clock.CHINA) if verdict else None,
        "comment": verdict.comment if verdict else None,
    }


async def _filed_last(session: Session, draft: Draft, round_: int) -> int:
    """The last version that was filed in a round: the one that its tiers decided."""
    wanted = select(func.max(col(Snapshot.version))).where(
        col(Snapshot.submission_id) == draft.submission_id,
        col(Snapshot.round) == round_,
        col(Snapshot.change_request_id).is_(None),
    )
    return int((await session.execute(wanted)).scalar_one() or 0)


async def _membership(session: Session, draft: Draft) -> tuple[str | None, str | None]:
    """Category and number of the applicant."""
    wanted = select(col(Submission.category), col(Submission.membership_number)).where(
        col(Submission.id) == draft.submission_id
    )
    row = (await session.execute(wanted)).one()
    return row.category, row.membership_number
