"""Reads of who opened a dossier."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import col

from services.profile.models import Access, Account, Profile, Submission
from services.profile.queries.paging import after_id
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.web.paging import Listed, Page


async def accesses(session: Session, account_id: UUID, slug: str, page: Page) -> Listed[dict[str, Any]]:
    """Who opened one's dossier, the newest first; 404 where there is no profile."""
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
    return page.of([_shown(row.Access, row.reviewer) for row in rows], (str(rows[-1].Access.id),) if more else None)


def _shown(access: Access, reviewer: str | None) -> dict[str, Any]:
    """An access as the API shows it."""
    return {
        "access_id": str(access.id),
        "opened_at": access.opened_at,
        "organization": {"organization_id": str(access.organization_id), "name": access.organization_name},
        "tier": access.tier,
        "version": access.version,
        "reviewer": reviewer,
    }
