"""A draft: which letter goes to whom, what it says and where its link leads, before anybody's address is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Owner:
    """The person whose account it is; at `email` instead of the account's address, where one is given."""

    account_id: UUID
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Reviewers:
    """The enabled reviewers of an organization, but never the applicant (rule 7: by account or ID number)."""

    organization_id: UUID
    applicant_id: UUID


@dataclass(frozen=True, slots=True)
class Administrators:
    """Every enabled administrator."""


@dataclass(frozen=True, slots=True)
class Everyone:
    """All whom an announcement is for: `audience` as administrators chose it, of one programme or of all."""

    audience: str
    programme: str | None = None


Audience: TypeAlias = Owner | Reviewers | Administrators | Everyone


@dataclass(frozen=True, slots=True)
class Draft:
    """What an event makes notify write.

    `params` hold the event's own codes, names and times, as JSON: titles and languages come when it is rendered.
    `link` is a path under the portal's address; where it ends with `{token}`, `token` (still wrapped) goes there.
    """

    letter: str
    to: Audience
    link: str
    params: Mapping[str, Json]
    programme: str | None = None
    token: str | None = None
    expires_at: datetime | None = None
    """After this moment the letter is of no use, and is not sent."""
    urgent: bool = False
    can_wait: bool = False
    """One of thousands, perhaps: it goes by the slow lane, and delays no other."""
    shown: bool = True
    """Whether a copy stands in the portal; never of what holds a token."""

    @property
    def is_for_digest(self) -> bool:
        """Whether a person who wants one letter a day gets it in that one."""
        return isinstance(self.to, Reviewers | Everyone)
