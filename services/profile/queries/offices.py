"""Reads of organizations: employers, who may hold a tier, and those that values name."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from services.profile.models import Organization
from services.profile.rules.filing import Office
from shared.kit.database import Session


async def office(session: Session, organization_id: UUID | None) -> Office | None:
    """One organization, or the one that took its place."""
    named = select(func.coalesce(col(Organization.merged_into), col(Organization.id)))
    present = named.where(col(Organization.id) == organization_id).scalar_subquery()
    found = await _offices(session, col(Organization.id) == present)
    return found[0] if found else None


async def offices(session: Session, kinds: Collection[str], regions: Collection[str]) -> list[Office]:
    """The organizations of those kinds in those regions."""
    return await _offices(session, col(Organization.kind).in_(kinds) & col(Organization.region).in_(regions))


async def named(session: Session, ids: Collection[str]) -> list[dict[str, Any]]:
    """The organizations of those ids as the API shows them, also those that are disabled or merged by now."""
    if not ids:
        return []
    return [
        {
            "organization_id": str(one.organization_id),
            "name": one.name,
            "kind": one.kind,
            "region": one.region,
            "municipal": one.municipal,
        }
        for one in await _offices(session, col(Organization.id).in_(map(UUID, ids)))
    ]


async def _offices(session: Session, condition: ColumnElement[bool]) -> list[Office]:
    """The organizations that fit."""
    return [
        Office(
            organization_id=row.id,
            name=row.name,
            kind=row.kind,
            region=row.region,
            municipal=row.municipal,
            programmes=tuple(row.programmes),
            is_disabled=row.is_disabled,
        )
        for row in (await session.execute(select(Organization).where(condition))).scalars()
    ]
