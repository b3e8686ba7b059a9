"""Tiers that nobody holds: whoever works there could not file (422 `tier_without_organization`)."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlmodel import col

from services.auth.models import Organization
from shared.kit.database import Session
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Programme, Seat


async def tiers_without_organization(session: Session) -> list[str]:
    """Each tier that an enabled employer's people would come to, or that has reference offices, and that none holds.

    One line each: programme, tier and region.
    """
    enabled = select(Organization).where(col(Organization.disabled_at).is_(None))
    organizations = (await session.execute(enabled)).scalars().all()
    return [
        f"{programme.programme} {tier} {region}"
        for programme in PROGRAMMES.values()
        for tier, region in sorted(_wanted(programme, organizations) - _held(programme, organizations))
    ]


def _wanted(programme: Programme, organizations: Iterable[Organization]) -> set[tuple[str, str]]:
    """The tiers that must be held, each with its region; an employer holds its own."""
    wanted = {(office.kind, office.region) for office in programme.offices}
    return wanted | set(_of_employers(programme, organizations))


def _of_employers(programme: Programme, organizations: Iterable[Organization]) -> Iterator[tuple[str, str]]:
    """What the employers' people come to."""
    for one in organizations:
        if one.employs and programme.programme in one.programmes:
            for tier in programme.route_for(municipal=one.municipal):
                if tier.seat is not Seat.EMPLOYER:
                    yield tier.kind, tier.region(one.region)


def _held(programme: Programme, organizations: Iterable[Organization]) -> set[tuple[str, str]]:
    """Which kinds are there, in which regions, for the programme."""
    return {(one.kind, one.region) for one in organizations if programme.programme in one.programmes}
