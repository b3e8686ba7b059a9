"""Reads how many organizations lie where: provinces, cities, counties."""

from collections import Counter, defaultdict

from sqlalchemy import func, select
from sqlmodel import col

from services.auth.models import Organization
from services.auth.queries.authority import demand_administrator
from services.auth.queries.organizations import name_of
from services.auth.schemas.administration import RegionShown, RegionTree
from shared.contracts.identity import Caller
from shared.kit.database import Session

Counts = dict[str, Counter[str]]


async def region_tree(session: Session, caller: Caller, programme: str | None) -> RegionTree:
    """The provinces with cities and counties that have enabled organizations, by code."""
    await demand_administrator(session, caller)
    counted = select(col(Organization.region), col(Organization.kind), func.count()).where(
        col(Organization.disabled_at).is_(None)
    )
    if programme:
        counted = counted.where(col(Organization.programmes).contains([programme]))
    rows = await session.execute(counted.group_by(col(Organization.region), col(Organization.kind)))
    counts: Counts = defaultdict(Counter)
    below: dict[str, set[str]] = defaultdict(set)
    for region, kind, number in rows:
        province, city = region[:2] + "0000", region[:4] + "00"
        for one in {province, city, region}:
            counts[one][kind] += number
        below[province] |= {city} - {province}
        below[city] |= {region} - {city, province}
    tops = sorted(region for region in counts if region.endswith("0000"))
    return RegionTree(items=[_shown(region, counts, below, caller.language) for region in tops])


def _shown(region: str, counts: Counts, below: dict[str, set[str]], language: str) -> RegionShown:
    """One region with what lies in it."""
    return RegionShown(
        region=region,
        name=name_of(region, language),
        count=counts[region].total(),
        kinds=dict(sorted(counts[region].items())),
        regions=[_shown(one, counts, below, language) for one in sorted(below.get(region, ()))],
    )
