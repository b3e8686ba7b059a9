"""Reads of all that is kept of one person, as it is given to that person."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from services.profile.models import Access, ChangeRequest, Profile, Scan, Sharing, SharingConsent, Snapshot, Submission
from services.profile.queries import accesses, change_requests, drafts, profiles
from services.profile.queries.history import versions
from services.profile.rules.contents import frozen
from shared.contracts.refusals import Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.web.paging import Page

EVERYTHING = Page(limit=10_000)


async def state(session: Session, account_id: UUID) -> str:
    """What an export of the present state shows: whatever is added or changed here makes another.

    What changes elsewhere (letters, logins) makes another once an hour.
    """
    mine = select(col(Submission.id)).where(col(Submission.account_id) == account_id)
    wanted = select(
        func.to_char(clock.now_sql(), "YYYYMMDDHH24"),
        select(func.max(col(Profile.last_modified_at))).where(col(Profile.account_id) == account_id).scalar_subquery(),
        select(func.max(col(Scan.created_at))).where(col(Scan.account_id) == account_id).scalar_subquery(),
        select(func.count()).where(col(Scan.account_id) == account_id).scalar_subquery(),
        select(func.count()).where(col(Snapshot.submission_id).in_(mine)).scalar_subquery(),
        select(func.count()).where(col(Access.submission_id).in_(mine)).scalar_subquery(),
        select(func.max(col(ChangeRequest.ended_at))).where(col(ChangeRequest.account_id) == account_id)
        .scalar_subquery(),
        select(func.sum(col(Sharing.revision))).where(col(Sharing.account_id) == account_id).scalar_subquery(),
    )  # fmt: skip
    return ":".join(str(part) for part in (await session.execute(wanted)).one())


async def export(session: Session, account_id: UUID) -> dict[str, Any]:
    """Everything of one person, programme by programme: draft, versions, who saw it, what is shared; and the scans."""
    slugs = select(col(Profile.programme)).where(col(Profile.account_id) == account_id).order_by(col(Profile.id))
    programmes = list((await session.execute(slugs)).scalars())
    return {
        "format": "juxian-export/1",
        "account_id": str(account_id),
        "profiles": [await _profile(session, account_id, slug) for slug in programmes],
        "change_requests": (await change_requests.change_requests(session, account_id, EVERYTHING, "zh")).items,
        "scans": [_scan(scan) for scan in await scans(session, account_id)],
    }


async def scans(session: Session, account_id: UUID) -> list[Scan]:
    """Every scan of a person, the oldest first."""
    wanted = select(Scan).where(col(Scan.account_id) == account_id).order_by(col(Scan.id))
    return list((await session.execute(wanted)).scalars())


def _scan(scan: Scan) -> dict[str, Any]:
    """A scan as the export lists it."""
    return {
        "scan_id": str(scan.id),
        "purpose": scan.purpose,
        "status": scan.status,
        "uploaded_at": scan.created_at,
        "sha256": scan.sha256,
        "checks": scan.checks,
    }


async def _profile(session: Session, account_id: UUID, slug: str) -> dict[str, Any]:
    """One programme's part."""
    draft = await drafts.own(session, account_id, slug)
    if draft is None:
        raise Missing
    return {
        "profile": await profiles.profile(session, account_id, slug, "zh"),
        "versions": [
            {
                "version": one.version,
                "filed_at": one.at,
                "approved_at": one.approved_at,
                "change_request_id": one.change_request_id,
                "sections": frozen(draft.programme, one.held),
            }
            for one in await versions(session, draft)
        ],
        "accesses": (await accesses.accesses(session, account_id, slug, EVERYTHING)).items,
        "sharing": await _consents(session, draft.submission_id),
    }


async def _consents(session: Session, submission_id: UUID) -> list[dict[str, Any]]:
    """Every consent to sharing that was given or withdrawn."""
    wanted = (
        select(SharingConsent)
        .join(Sharing, col(Sharing.id) == col(SharingConsent.sharing_id))
        .where(col(Sharing.submission_id) == submission_id)
        .order_by(col(SharingConsent.id))
    )
    names = ("is_given", "fields", "searchable", "text_version", "at")
    return [{name: getattr(row, name) for name in names} for row in (await session.execute(wanted)).scalars()]
