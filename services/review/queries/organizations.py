"""Organizations as they are shown: by what auth told last, or by the name that a route froze."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.review.models import Organization
from services.review.schemas import OrganizationShown
from shared.kit.database import Session


async def organizations(session: Session, names: Mapping[UUID, str]) -> dict[UUID, OrganizationShown]:
    """Each organization asked for; one that auth has not told of yet is shown with the name given."""
    if not names:
        return {}
    found = await session.execute(select(Organization).where(col(Organization.id).in_(names)))
    known = {row.id: row for row in found.scalars()}
    return {key: _shown(key, name, known.get(key)) for key, name in names.items()}


def _shown(organization_id: UUID, name: str, known: Organization | None) -> OrganizationShown:
    if known is None:
        return OrganizationShown(organization_id=organization_id, name=name, kind=None, region=None, municipal=None)
    return OrganizationShown(
        organization_id=organization_id,
        name=known.name,
        kind=known.kind,
        region=known.region,
        municipal=known.municipal,
    )
