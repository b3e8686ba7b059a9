"""A case as plain values, for the rules."""

from services.review.models import Case
from services.review.rules import Standing, State
from shared.contracts.events import RouteStep

STATES: dict[str, State] = {
    "in_review": "in_review",
    "returned": "returned",
    "approved": "approved",
    "withdrawn": "withdrawn",
}


def route_of(case: Case) -> tuple[RouteStep, ...]:
    """The route that was frozen when the version was filed."""
    return tuple(RouteStep.model_validate(step) for step in case.route)


def standing_of(case: Case) -> Standing | None:
    """Where the case stands; None while nothing was heard of it."""
    if not case.version:
        return None
    return Standing(STATES[case.state], case.round, case.version, case.position, route_of(case))
