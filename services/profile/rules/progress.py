"""How far a submission has come, as its applicant sees it: every tier of the route, done, present and to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Decided:
    """What a tier decided in the present round."""

    decision: str
    decided_at: datetime
    comment: str | None


def progress(route: Sequence[Mapping[str, Any]], decided: Mapping[str, Decided], status: str) -> list[dict[str, Any]]:
    """One item a tier: up to the last that decided they are done, the next is current while in review."""
    tiers = [step["tier"] for step in route]
    done = max((tiers.index(tier) for tier in decided if tier in tiers), default=-1)
    items = []
    for position, step in enumerate(route):
        decision = decided.get(step["tier"])
        items.append(
            {
                "tier": step["tier"],
                "organization": step["organization"],
                "state": _state(position, done, status),
                "decision": decision.decision if decision else None,
                "decided_at": decision.decided_at if decision else None,
                "comment": decision.comment if decision else None,
            }
        )
    return items


def current(route: Sequence[Mapping[str, Any]], decided: Mapping[str, Decided]) -> Mapping[str, Any]:
    """The step that holds a submission in review: the first after the last that decided."""
    tiers = [step["tier"] for step in route]
    done = max((tiers.index(tier) for tier in decided if tier in tiers), default=-1)
    return route[min(done + 1, len(route) - 1)]


def _state(position: int, done: int, status: str) -> str:
    """done, current or todo."""
    if position <= done:
        return "done"
    return "current" if position == done + 1 and status == "in_review" else "todo"
