"""Whose figures an office may see: its own, and where it is a county's or a city's, those of its region."""

from collections.abc import Iterable

from shared.programmes.shape import Programme


def region_seen(kind: str, region: str, programmes: Iterable[Programme]) -> str | None:
    """What the region of every organization begins with whose figures an office may see; None: its own alone.

    The first tier of a route is the employer's, who sees no other; divisions are those of GB/T 2260 (two digits name
    the province, four the city, six the county).
    """
    if not region or kind in {programme.tiers[0].tier for programme in programmes}:
        return None
    county, city = region.removesuffix("00"), region.removesuffix("0000")
    return min(region, county, city, key=len)
