"""Reads of change requests: one's own, and one as review decides on it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.profile.models import ChangeRequest, Scan, Snapshot, Submission
from services.profile.queries import offices
from services.profile.queries.paging import after_id
from services.profile.queries.programmes import programme_named
from services.profile.queries.scans import checks_shown
from services.profile.rules.changes import Change, Waiting, organizations_in
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.vault import vault
from shared.kit.web.paging import Listed, Page


async def one(session: Session, request_id: UUID) -> ChangeRequest:
    """A change request as it is now; 404 where there is none."""
    wanted = select(ChangeRequest).where(col(ChangeRequest.id) == request_id)
    found = (await session.execute(wanted.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        raise Missing
    return found


async def own(session: Session, account_id: UUID, request_id: UUID) -> ChangeRequest:
    """One's own change request; 404 for anybody else's."""
    found = await one(session, request_id)
    if found.account_id != account_id:
        raise Missing
    return found


async def change_request(session: Session, account_id: UUID, request_id: UUID, language: str) -> dict[str, Any]:
    """One's own change request, as the API shows it."""
    return await shown(session, await own(session, account_id, request_id), language)


async def waiting_for(session: Session, submission_id: UUID, section: str) -> list[Waiting]:
    """The requests that wait for a section, opened."""
    wanted = select(ChangeRequest).where(
        col(ChangeRequest.submission_id) == submission_id,
        col(ChangeRequest.section) == section,
        col(ChangeRequest.status) == "waiting",
    )
    return [
        Waiting(row.kind, str(row.entry_id) if row.entry_id else None, await changes_of(session, row))
        for row in (await session.execute(wanted)).scalars().all()
    ]


async def change_requests(
    session: Session,
    account_id: UUID,
    page: Page,
    language: str,
    programme: str | None = None,
    status: str | None = None,
) -> Listed[dict[str, Any]]:
    """One's own change requests, the newest first; of one programme, or in one state, where that is asked for."""
    wanted = (
        select(ChangeRequest)
        .where(col(ChangeRequest.account_id) == account_id)
        .order_by(col(ChangeRequest.id).desc())
        .limit(page.limit + 1)
    )
    if programme is not None:
        wanted = wanted.where(col(ChangeRequest.programme) == programme)
    if status is not None:
        wanted = wanted.where(col(ChangeRequest.status) == status)
    after = after_id(page)
    if after:
        wanted = wanted.where(col(ChangeRequest.id) < after)
    rows, more = page.cut(list((await session.execute(wanted)).scalars()))
    items = await _all_shown(session, rows, language)
    return page.of(items, (str(rows[-1].id),) if more else None)


async def changes_of(session: Session, request: ChangeRequest) -> list[Change]:
    """What a request changes, opened."""
    return (await _opened(session, request))[0]


async def _opened(session: Session, request: ChangeRequest) -> tuple[list[Change], str]:
    """What a request changes, and why."""
    places = [
        (request.changes, "change_request", "changes", request.id),
        (request.reason, "change_request", "reason", request.id),
    ]
    changes, reason = await vault().open_many(session, request.account_id, places)
    return [Change(**item) for item in cast("list[dict[str, Any]]", changes)], str(reason)


async def shown(session: Session, request: ChangeRequest, language: str) -> dict[str, Any]:
    """A change request as the API shows it."""
    return (await _all_shown(session, [request], language))[0]


async def _all_shown(session: Session, rows: Sequence[ChangeRequest], language: str) -> list[dict[str, Any]]:
    """Change requests as the API shows them, however many in the same few statements."""
    names = await _names(session, {row.submission_id for row in rows})
    scans = await _scans(session, {scan for row in rows for scan in row.scans})
    opened = [await _opened(session, row) for row in rows]
    ids = [_organizations(row, changes) for row, (changes, _reason) in zip(rows, opened, strict=True)]
    known = {one["organization_id"]: one for one in await offices.named(session, set[str]().union(*ids))}
    return [
        _shown(row, changes, names.get(row.submission_id), _proofs(row, scans, language))
        | {"reason": reason, "organizations": [known[one] for one in sorted(named & known.keys())]}
        for row, (changes, reason), named in zip(rows, opened, ids, strict=True)
    ]


def _organizations(request: ChangeRequest, changes: Sequence[Change]) -> set[str]:
    """The organizations that a request names."""
    return organizations_in(programme_named(request.programme).section(request.section), changes)


def _shown(
    request: ChangeRequest, changes: Sequence[Change], name: str | None, scans: list[dict[str, Any]]
) -> dict[str, Any]:
    """One of them, without its reason."""
    return {
        "change_request_id": str(request.id),
        "submission_id": str(request.submission_id),
        "programme": request.programme,
        "applicant": {"account_id": str(request.account_id), "name": name},
        "section": request.section,
        "entry_id": str(request.entry_id) if request.entry_id else None,
        "kind": request.kind,
        "changes": [change._asdict() for change in changes],
        "scans": scans,
        "filed_at": request.filed_at,
        "status": request.status,
        "comment": request.comment,
    }


async def _names(session: Session, submissions: Collection[UUID]) -> dict[UUID, str]:
    """The applicants of submissions, as their newest version names them."""
    newest = (col(Snapshot.submission_id) == col(Submission.id)) & (col(Snapshot.version) == col(Submission.version))
    wanted = select(col(Submission.id), col(Snapshot.applicant_name)).join(Snapshot, newest)
    found = await session.execute(wanted.where(col(Submission.id).in_(submissions)))
    return {row.id: row.applicant_name for row in found}


async def for_review(session: Session, request_id: UUID) -> dict[str, Any]:
    """A change request as review keeps it."""
    return await shown(session, await one(session, request_id), "zh")


async def _scans(session: Session, ids: Collection[str]) -> dict[str, Scan]:
    """Scans by their ids."""
    if not ids:
        return {}
    wanted = select(Scan).where(col(Scan.id).in_([UUID(scan) for scan in ids]))
    return {str(scan.id): scan for scan in (await session.execute(wanted)).scalars()}


def _proofs(request: ChangeRequest, found: Mapping[str, Scan], language: str) -> list[dict[str, Any]]:
    """The scans that a request names, in its order, with their checks as it was filed."""
    return [
        {
            "scan_id": scan,
            "purpose": found[scan].purpose,
            "status": found[scan].status,
            "pages": found[scan].pages,
            "checks": checks_shown(request.checks.get(scan, found[scan].checks), language),
        }
        for scan in request.scans
        if scan in found
    ]
