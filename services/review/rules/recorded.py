"""Where a case must stand by what its history says: whoever moves the case's row alone is found out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta, timezone
from typing import Any, NamedTuple

CHINA = timezone(timedelta(hours=8))
"""Where days are counted; without summer time since 1991."""


class Recorded(NamedTuple):
    """What follows from a history."""

    round: int
    version: int
    state: str
    category: str | None
    membership_number: str | None
    approved_on: date | None
    position: int
    """How many steps of the route have approved in this round, but for the last."""


def recorded(entries: Sequence[Mapping[str, Any]], tiers: Sequence[str]) -> Recorded:
    """Round, version, state, membership and position on the route that the entries, in their order, lead to.

    What profile tells may have been heard in any order: the newest version decides, not the latest entry.
    """
    last_tier = tiers[-1] if tiers else ""
    told = [entry for entry in entries if entry["kind"] in {"filed", "withdrawn"}]
    newest = max((entry["version"] for entry in told), default=0)
    this_round = max((entry["round"] for entry in told), default=0)
    decided = [entry for entry in entries if entry["kind"] == "decided"]
    passed = [entry for entry in decided if entry["round"] == this_round and entry["decision"] == "approve"]
    members = [entry for entry in decided if entry["decision"] == "approve" and entry["tier"] == last_tier]
    return Recorded(
        this_round,
        max((entry["version"] for entry in entries), default=0),
        "withdrawn"
        if any(entry["kind"] == "withdrawn" and entry["version"] == newest for entry in told)
        else _state([entry for entry in decided if entry["round"] == this_round], last_tier),
        members[-1]["category"] if members else None,
        members[-1]["membership_number"] if members else None,
        members[-1]["at"].astimezone(CHINA).date() if members else None,
        max(min(len(passed), len(tiers) - 1), 0),
    )


def _state(decided: Sequence[Mapping[str, Any]], last_tier: str) -> str:
    """What the decisions of a round, in their order, made of it."""
    if not decided:
        return "in_review"
    if decided[-1]["decision"] == "return":
        return "returned"
    return "approved" if decided[-1]["tier"] == last_tier else "in_review"
