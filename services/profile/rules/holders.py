"""Who holds a tier now: another than the frozen route's, where an organization's part was handed over or merged."""

from collections.abc import Iterable, Mapping
from typing import Any


def held_now(route: Iterable[Mapping[str, Any]], holders: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The steps of a route, each with the organization that has the tier; `holders` knows those that were told."""
    return [
        {**step, "organization": holders[step["tier"]]} if _is_other(step, holders.get(step["tier"])) else step
        for step in route
    ]


def _is_other(step: Mapping[str, Any], holder: Mapping[str, Any] | None) -> bool:
    """Whether another organization has the tier; the same one keeps the name that was frozen."""
    return holder is not None and holder["organization_id"] != step["organization"]["organization_id"]
