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


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many working days a tier has waited, what its office usually takes, and who holds it where that is known."""

    days: int
    usual: tuple[int, int] | None
    holder: Mapping[str, Any] | None


def progress(
    route: Sequence[Mapping[str, Any]],
    decided: Mapping[str, Decided],
    status: str,
    waiting: Mapping[str, Waiting] | None = None,
) -> list[dict[str, Any]]:
    """One item a tier: up to the last that decided they are done, the next is current while in review.

    The clock (`waiting_days`, `usual_days`) runs at the current tier alone. A tier whose cases were handed to another
    organization names that one.
    """
    tiers = [step["tier"] for step in route]
    done = max((tiers.index(tier) for tier in decided if tier in tiers), default=-1)
    items = []
    for position, step in enumerate(route):
        decision, wait = decided.get(step["tier"]), (waiting or {}).get(step["tier"])
        state = _state(position, done, status)
        clock = wait if state == "current" else None
        items.append(
            {
                "tier": step["tier"],
                "organization": wait.holder if wait and _is_other(wait.holder, step) else step["organization"],
                "state": state,
                "decision": decision.decision if decision else None,
                "decided_at": decision.decided_at if decision else None,
                "comment": decision.comment if decision else None,
                "waiting_days": clock.days if clock else None,
                "usual_days": {"from": clock.usual[0], "to": clock.usual[1]} if clock and clock.usual else None,
            }
        )
    return items


def _is_other(holder: Mapping[str, Any] | None, step: Mapping[str, Any]) -> bool:
    """Whether another organization has the tier than the one that the route was frozen with."""
    return holder is not None and holder["organization_id"] != step["organization"]["organization_id"]


def outcome(decided: Mapping[str, Decided]) -> str:
    """How a round ended that another followed: a tier returned it, or else its applicant took it back."""
    return "returned" if any(one.decision == "return" for one in decided.values()) else "withdrawn"


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
