"""Reads of who opened a dossier."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import col

from services.profile.models import Access, Account, Profile, Submission
from services.profile.queries.paging import after_id
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.vault import vault
from shared.kit.web.paging import Listed, Page


async def accesses(session: Session, account_id: UUID, slug: str, page: Page) -> Listed[dict[str, Any]]:
    """Who saw what of one's own, the newest first; 404 where there is no profile."""
    mine = (
        select(col(Submission.id))
        .join(Profile, col(Profile.id) == col(Submission.profile_id))
        .where(col(Profile.account_id) == account_id, col(Profile.programme) == slug)
    )
    submission_id = (await session.execute(mine)).scalar_one_or_none()
    if submission_id is None:
        raise Missing
    wanted: Select[*tuple[Any, ...]] = (
        select(Access, col(Account.name).label("reviewer"))
        .outerjoin(Account, col(Account.id) == col(Access.reviewer_id))
        .where(col(Access.submission_id) == submission_id)
        .order_by(col(Access.id).desc())
        .limit(page.limit + 1)
    )
    after = after_id(page)
    if after:
        wanted = wanted.where(col(Access.id) < after)
    rows, more = page.cut(list((await session.execute(wanted)).all()))
    reasons = await _reasons(session, account_id, [row.Access for row in rows])
    items = [_shown(row.Access, row.reviewer, reasons.get(row.Access.id)) for row in rows]
    return page.of(items, (str(rows[-1].Access.id),) if more else None)


async def _reasons(session: Session, account_id: UUID, found: Sequence[Access]) -> dict[UUID, str]:
    """Why values were revealed, by the access."""
    sealed = [access for access in found if access.reason is not None]
    places = [(access.reason or b"", "access", "reason", access.id) for access in sealed]
    opened = await vault().open_many(session, account_id, places)
    return {access.id: str(reason) for access, reason in zip(sealed, opened, strict=True)}


def _shown(access: Access, reviewer: str | None, reason: str | None) -> dict[str, Any]:
    """An access as the API shows it; what an administrator saw names no organization."""
    office = {"organization_id": str(access.organization_id), "name": access.organization_name}
    return {
        "access_id": str(access.id),
        "opened_at": access.opened_at,
        "kind": access.kind,
        "organization": office if access.organization_id else None,
        "tier": access.tier,
        "version": access.version,
        "reviewer": reviewer,
        "field": access.field,
        "reason": reason,
    }
