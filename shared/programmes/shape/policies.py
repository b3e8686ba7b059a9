"""What a programme decides by declaration: whose accounts, what they begin with, what follows approval."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from shared.programmes.shape.words import Json


class Accounts(StrEnum):
    """Where applicants' accounts come from."""

    SELF_REGISTERED = "self_registered"
    ASSIGNED = "assigned"


class AfterApproval(StrEnum):
    """How approved data may still change."""

    CHANGE_REQUESTS = "change_requests"
    """by change requests alone"""
    RETURN_OR_CHANGE_REQUESTS = "return_or_change_requests"
    """by change requests, or by the last tier, which may return the approved case for revision"""

    @property
    def can_be_returned(self) -> bool:
        """Whether the last tier may return an approved case."""
        return self is AfterApproval.RETURN_OR_CHANGE_REQUESTS


@dataclass(frozen=True)
class Prefill:
    """What the facts of a new account (its registration or its import) begin in the profile.

    `begins`: section -> the facts copied into it, each under its own name, once, when the profile is made.
    `kept`: the facts that stand in `profile.registration`.
    `suggests`: a kept fact -> the section and field that a page offers it for; no entry is made of it.
    """

    begins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    suggests: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def beginning(self, section: str, facts: Mapping[str, Json]) -> dict[str, Json]:
        """The values that a single section starts with."""
        return {name: facts[name] for name in self.begins.get(section, ()) if facts.get(name) is not None}

    def registration(self, facts: Mapping[str, Json]) -> dict[str, Json]:
        """What stands in `profile.registration`."""
        return {name: facts[name] for name in self.kept if facts.get(name) is not None}


class Support(NamedTuple):
    """Whom an applicant can ask; shown on the programme's pages and in its mails."""

    telephones: tuple[str, ...] = ()
    qq_group: str | None = None

    def describe(self) -> dict[str, Json]:
        """The contact as the API shows it."""
        return {"telephones": list(self.telephones), "qq_group": self.qq_group}
