"""Reads of what stands around a draft on its page: states of its scans, window, lock, and the return to correct.

All of it comes with the draft's own row, in one statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, and_, bindparam, case, func, null, select
from sqlmodel import col

from services.profile.models import (
    Profile,
    Scan,
    Snapshot,
    Submission,
    TierProgress,
    Window,
    WindowExtension,
)
from services.profile.queries import drafts
from services.profile.queries.drafts import Draft, Found
from services.profile.queries.progress import holders_selected
from services.profile.queries.scans import checks_shown
from services.profile.rules.drafts import LOCKED_APPROVED, LOCKED_IN_REVIEW
from services.profile.rules.filing import Span, binding, can_file
from services.profile.rules.holders import held_now
from services.profile.rules.progress import Decided, current
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.texts import translate

IN_PROGRESS = ("in_review", "returned")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A draft with what stands around it."""

    draft: Draft
    states: Mapping[str, str]
    """The status of each scan that its owner ever named."""
    scans: Mapping[str, Mapping[str, Any]]
    """The same scans with all that is shown of them, where that was asked for."""
    window: Span | None
    has_own_window: bool
    at: datetime
    route: Sequence[Mapping[str, Any]]
    decided: Mapping[str, Decided]
    remarks: Sequence[Mapping[str, Any]]
    snapshot_id: UUID | None
    returned: bytes | None
    """The sealed sections of the version that was returned."""


async def around(session: Session, account_id: UUID, slug: str, *, with_scans: bool = False) -> Surroundings | None:
    """A draft with what stands around it; None where there is no profile yet."""
    given = {"account": account_id, "slug": slug}
    row = (await session.execute(_selected(with_scans=with_scans), given)).first()
    return _read(row, with_scans=with_scans) if row else None


def _read(row: Found, *, with_scans: bool) -> Surroundings:
    """What one row holds."""
    general = Span(row.opens_at, row.closes_at) if row.window else None
    own = Span(row.own_opens_at, row.own_closes_at) if row.own_window else None
    window = binding(general, own, row.at)
    scans = row.scans or {}
    return Surroundings(
        draft=drafts.draft_of(row),
        states={scan: held["status"] for scan, held in scans.items()} if with_scans else scans,
        scans=scans if with_scans else {},
        window=window,
        has_own_window=window is not None and window is own,
        at=row.at,
        route=held_now(row.route or (), row.holders or {}),
        decided={
            tier: Decided(said["decision"], datetime.fromisoformat(said["decided_at"]), said["comment"])
            for tier, said in (row.decided or {}).items()
        },
        remarks=row.remarks,
        snapshot_id=row.snapshot_id,
        returned=row.returned,
    )


@cache
def _selected(*, with_scans: bool) -> Select[*tuple[Any, ...]]:
    """The statement: the draft, its windows, its newest version where that is under way, and its scans.

    Put together once: every look at a page runs it, and to build it costs more than to run it.
    """
    newest = and_(
        col(Snapshot.submission_id) == col(Submission.id),
        col(Snapshot.version) == col(Submission.version),
        col(Submission.status).in_(IN_PROGRESS),
    )
    own = and_(
        col(WindowExtension.programme) == col(Profile.programme),
        col(WindowExtension.account_id) == col(Profile.account_id),
    )
    returned = case((col(Submission.status) == "returned", col(Snapshot.sections)), else_=null())
    return (
        drafts.drafts_selected()
        .outerjoin(Snapshot, newest)
        .outerjoin(Window, col(Window.programme) == col(Profile.programme))
        .outerjoin(WindowExtension, own)
        .add_columns(
            _scans(with_scans=with_scans).label("scans"),
            col(Window.programme).label("window"),
            col(Window.opens_at),
            col(Window.closes_at),
            col(WindowExtension.programme).label("own_window"),
            col(WindowExtension.opens_at).label("own_opens_at"),
            col(WindowExtension.closes_at).label("own_closes_at"),
            clock.now_sql().label("at"),
            col(Submission.remarks),
            col(Snapshot.id).label("snapshot_id"),
            col(Snapshot.route),
            returned.label("returned"),
            _decided().label("decided"),
            holders_selected(col(Submission.id), col(Submission.round)).label("holders"),
        )
        .where(col(Profile.account_id) == bindparam("account"), col(Profile.programme) == bindparam("slug"))
    )


def _scans(*, with_scans: bool) -> ScalarSelect[Any]:
    """Each scan that the owner ever named: its status, or all that is shown of it."""
    names = ("purpose", "status", "code", "reason", "pages", "checks", "attention", "created_at")
    whole = func.jsonb_build_object(*(part for name in names for part in (name, getattr(Scan, name))))
    held = whole if with_scans else col(Scan.status)
    return (
        select(func.jsonb_object_agg(col(Scan.id), held))
        .where(col(Scan.account_id) == col(Profile.account_id), col(Scan.named_at).is_not(None))
        .scalar_subquery()
    )


def _decided() -> ScalarSelect[Any]:
    """What the tiers of the present round decided."""
    said = func.jsonb_build_object(
        "decision", col(TierProgress.decision),
        "decided_at", col(TierProgress.decided_at),
        "comment", col(TierProgress.comment),
    )  # fmt: skip
    return (
        select(func.jsonb_object_agg(col(TierProgress.tier), said))
        .where(
            col(Submission.status).in_(IN_PROGRESS),
            col(TierProgress.submission_id) == col(Submission.id),
            col(TierProgress.round) == col(Submission.round),
            col(TierProgress.decision).is_not(None),
        )
        .scalar_subquery()
    )


def surroundings_shown(found: Surroundings, language: str) -> dict[str, Any]:
    """What stands around a draft, as the API shows it."""
    draft, window = found.draft, found.window
    standing = draft.standing
    today = found.at.astimezone(clock.CHINA).date()
    return {
        "number": draft.number,
        "version": standing.version,
        "lock": _lock(found, language),
        "can_file": can_file(standing, window, found.at, today),
        "can_withdraw": standing.can_be_withdrawn,
        "can_change": standing.status == "approved",
        "can_share": bool(draft.programme.shares_with) and standing.status == "approved",
        "shares": bool(draft.programme.shares_with),
        "window": {
            "opens_at": window.opens_at,
            "closes_at": window.closes_at,
            "state": window.state(found.at),
            "own": found.has_own_window,
        }
        if window
        else None,
        "window_open": window is None or window.holds(found.at),
        "file_again_until": standing.file_again_until,
        "returned": _return(found),
    }


def _lock(found: Surroundings, language: str) -> dict[str, Any] | None:
    """Why the draft is not to be edited; None where it may be."""
    standing = found.draft.standing
    if not standing.is_locked:
        return None
    if standing.status == "approved":
        message = translate(LOCKED_APPROVED, language)
        return {"code": "approved", "message": message, "tier": None, "title": None, "organization": None}
    held = current(found.route, found.decided)
    office = held["organization"]
    message = translate(LOCKED_IN_REVIEW, language, tier=held["title"], organization=office["name"])
    return {"code": "in_review", "message": message, **_step(held)}


def _return(found: Surroundings) -> dict[str, Any] | None:
    """Who returned the submission, when and with which comment; None unless it is returned."""
    if found.draft.standing.status != "returned":
        return None
    for step in found.route:
        said = found.decided.get(step["tier"])
        if said and said.decision == "return":
            version = found.draft.standing.version
            return {**_step(step), "decided_at": said.decided_at, "comment": said.comment, "version": version}
    return None


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    """A tier of a route with who holds it."""
    return {"tier": step["tier"], "title": step["title"], "organization": step["organization"]}


def scans_shown(found: Surroundings, named: Sequence[str], language: str) -> dict[str, Any]:
    """The scans of those ids by their ids, as the API shows them."""
    held = {scan: found.scans[scan] for scan in named if scan in found.scans}
    return {
        scan: {
            "scan_id": scan,
            "purpose": one["purpose"],
            "status": one["status"],
            "code": one["code"],
            "reason": translate(one["reason"], language) if one["reason"] else None,
            "pages": one["pages"],
            "checks": checks_shown(one["checks"], language),
            "attention": one["attention"],
            "uploaded_at": one["created_at"],
        }
        for scan, one in held.items()
    }
