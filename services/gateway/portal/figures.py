"""Figures as pages show them: groups in an order that people know, tiers by their titles."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.gateway.portal.answers import Json


def in_order(by: str, groups: Sequence[Json], programmes: Sequence[Json]) -> list[Json]:
    """Tiers in the order of the longest route, the rest as it came."""
    if by != "tier":
        return list(groups)
    routes = sorted((one.get("tiers", ()) for one in programmes), key=len, reverse=True)
    places = {tier["tier"]: place for route in reversed(routes) for place, tier in enumerate(route)}
    return sorted(groups, key=lambda group: places.get(group["key"], len(places)))


def tiers_of(programmes: Sequence[Json]) -> Mapping[tuple[str, str], Any]:
    """What each tier of each programme is called."""
    return {
        (programme["programme"], tier["tier"]): tier["title"]
        for programme in programmes
        for tier in programme.get("tiers", ())
    }
