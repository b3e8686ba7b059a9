"""Where a case stands, and where it stands after something has happened to it (domain, states and rules 0 to 6)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from uuid import UUID

from shared.contracts.events import RouteStep

State = Literal["in_review", "returned", "approved", "withdrawn"]
Verb = Literal["approve", "return"]


class OutOfStep(Exception):  # noqa: N818 - what happened, not an error of ours
    """Profile told something that cannot be true yet, or no more; heard again later, or laid before an operator."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A case at one moment. `position` counts the steps of the route from 0; the step there holds the case."""

    state: State
    round: int
    version: int
    position: int
    route: tuple[RouteStep, ...]

    @property
    def step(self) -> RouteStep:
        """The step that holds the case, or that had it last."""
        return self.route[self.position]

    @property
    def place(self) -> tuple[State, int, int, int, UUID]:
        """What of it must change for the case to have moved: who will hold it later is no part of that."""
        return self.state, self.round, self.version, self.position, self.step.organization_id

    @property
    def is_first(self) -> bool:
        """Whether the first tier holds it: only then may the applicant still change or withdraw it."""
        return self.position == 0

    @property
    def is_last(self) -> bool:
        """Whether the last tier of the route holds it."""
        return self.position == len(self.route) - 1

    @property
    def is_undecided(self) -> bool:
        """Whether no tier has decided in this round."""
        return self.state == "in_review" and self.is_first


@dataclass(frozen=True, slots=True)
class Filed:
    """A version was filed, with the route that was frozen for it."""

    round: int
    version: int
    route: tuple[RouteStep, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The applicant took a version back before the first tier had decided."""

    round: int
    version: int
    first_tier: RouteStep


@dataclass(frozen=True, slots=True)
class Decided:
    """The tier that holds the case decided; or the last tier returned the case that it had approved."""

    decision: Verb


@dataclass(frozen=True, slots=True)
class Applied:
    """An approved change request made the next version of approved data."""

    round: int
    version: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What an organization has not decided yet was handed to another, which takes its place in the route.

    Of an approved case: the other answers for it from now on, in the place of the one that approved it last.
    """

    from_id: UUID
    to_id: UUID
    to_name: str


Heirs: TypeAlias = Mapping[UUID, Collection[UUID]]
Happening: TypeAlias = Filed | Withdrawn | Decided | Applied | HandedOver


def after(standing: Standing | None, happening: Happening) -> Standing:
    """Where the case stands next; the same standing where nothing moves (heard twice, or overtaken).

    `standing` is None while nothing was heard of the case. What profile tells is ordered by version alone, so that
    any order of hearing ends the same. Raises OutOfStep for what contradicts the decisions made here.
    """
    match happening:
        case Filed():
            return _after_filing(standing, happening)
        case Withdrawn():
            return _after_withdrawal(standing, happening)
        case Decided():
            return _after_decision(standing, happening)
        case Applied():
            return _after_change(standing, happening)
        case HandedOver():
            return _after_handover(standing, happening)


def _after_filing(standing: Standing | None, filed: Filed) -> Standing:
    """The newest version waits at the first tier; its withdrawal, when that came first, still holds."""
    if standing is not None and filed.version <= standing.version:
        is_own = filed.version == standing.version and standing.state == "withdrawn"
        return replace(standing, route=filed.route) if is_own else standing
    if standing is not None:
        _check_replaceable(standing, filed.round)
    return Standing("in_review", filed.round, filed.version, 0, filed.route)


def _after_withdrawal(standing: Standing | None, withdrawn: Withdrawn) -> Standing:
    """The case closes, unless a newer version came meanwhile."""
    if standing is None or withdrawn.version > standing.version:
        if standing is not None:
            _check_replaceable(standing, withdrawn.round)
        return Standing("withdrawn", withdrawn.round, withdrawn.version, 0, (withdrawn.first_tier,))
    if withdrawn.version < standing.version or standing.state == "withdrawn":
        return standing
    if not standing.is_undecided:
        message = f"version {withdrawn.version} was withdrawn after a tier had decided it"
        raise OutOfStep(message)
    return replace(standing, state="withdrawn")


def _check_replaceable(standing: Standing, new_round: int) -> None:
    """A new version comes in the same round while nothing was decided; in the next one also after a return."""
    is_open = standing.is_undecided or standing.state == "withdrawn"
    if not (is_open or (new_round > standing.round and standing.state == "returned")):
        message = f"round {new_round} was told of a case that is {standing.state} at step {standing.position}"
        raise OutOfStep(message)


def _after_decision(standing: Standing | None, decided: Decided) -> Standing:
    """On to the next tier, to the end, or back to the applicant."""
    if standing is None or standing.state not in {"in_review", "approved"}:
        message = "nobody holds the case"
        raise OutOfStep(message)
    if decided.decision == "return":
        return replace(standing, state="returned")
    if standing.state == "approved":
        message = "the case is approved already"
        raise OutOfStep(message)
    if standing.is_last:
        return replace(standing, state="approved")
    return replace(standing, position=standing.position + 1)


def _after_change(standing: Standing | None, applied: Applied) -> Standing:
    """The version rises; state, route and category stay."""
    if standing is not None and applied.version <= standing.version:
        return standing
    if standing is None or applied.round != standing.round or standing.state not in {"approved", "returned"}:
        message = f"version {applied.version} was applied to a case that is not approved here"
        raise OutOfStep(message)
    return replace(standing, version=applied.version)


def _after_handover(standing: Standing | None, handed: HandedOver) -> Standing:
    """The new organization stands wherever the old one had still to decide; what was decided stays as it was."""
    if standing is None or standing.state not in {"in_review", "approved"}:
        message = "nobody holds the case"
        raise OutOfStep(message)
    renamed = {"organization_id": handed.to_id, "organization_name": handed.to_name}
    route = tuple(
        step.model_copy(update=renamed)
        if position >= standing.position and step.organization_id == handed.from_id
        else step
        for position, step in enumerate(standing.route)
    )
    return replace(standing, route=route)


def refiled(filed: Filed, before: Standing | None, heirs: Mapping[UUID, HandedOver], past: Heirs) -> Filed:
    """A filing with the route as it is by now: heirs stand in the places of those whom they replaced.

    `past` says to whom organizations handed their open work: who took a tier over in this very round keeps it.
    """
    kept = {step.tier: step for step in before.route} if before and before.round == filed.round else {}
    route = tuple(_kept_or_inherited(step, kept.get(step.tier), heirs, past) for step in filed.route)
    return replace(filed, route=route)


def _kept_or_inherited(
    step: RouteStep, held: RouteStep | None, heirs: Mapping[UUID, HandedOver], past: Heirs
) -> RouteStep:
    """The step as it stands by now."""
    if held is not None and held.organization_id in past.get(step.organization_id, ()):
        named = {"organization_id": held.organization_id, "organization_name": held.organization_name}
        step = step.model_copy(update=named)
    heir = heirs.get(step.organization_id)
    if heir is None:
        return step
    return step.model_copy(update={"organization_id": heir.to_id, "organization_name": heir.to_name})
