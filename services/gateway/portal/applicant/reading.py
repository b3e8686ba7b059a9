"""What the applicant's pages read: the programme's catalogue beside what the person has declared, in one round."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from services.gateway.actions.ask import Reply
from services.gateway.portal.visit import Visit
from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Forbidden, Missing, Refusal, Unavailable

Json = Mapping[str, Any]
OK = 200
FRESH = 60.0
"""Seconds for which a catalogue is not read again: it changes with releases alone."""
RECENT = 10.0
"""Seconds for which the list of employers is not read again: a new one is found by search at once."""
EMPLOYERS = 100
EMPLOYERS_OF = "employers of "
CATALOGUES = "/programmes"
_REFUSALS: Mapping[int, type[Refusal]] = {404: Missing, 403: Forbidden}
_known: dict[str, tuple[float, Json]] = {}


@dataclass(frozen=True)
class Opened:
    """One person's profile in one programme, with all that its pages show."""

    catalogue: Json
    profile: Json
    submission: Json | None
    employers: Sequence[Json]
    also: Json = field(default_factory=dict)
    """What else was asked for in the same round, by its name; what could not be read is left out."""

    @property
    def programme(self) -> str:
        """The programme's slug."""
        return str(self.profile["programme"])

    @property
    def address(self) -> str:
        """Where the profile's pages begin."""
        return f"/profiles/{self.programme}"

    def section(self, slug: str) -> Json:
        """A section's declaration; Missing where the programme has none of that name."""
        found = next((one for one in self.catalogue["sections"] if one["section"] == slug), None)
        if found is None:
            raise Missing
        return dict(found)

    def content(self, slug: str) -> Json:
        """What was declared in a section."""
        return dict(next(one for one in self.profile["sections"] if one["section"] == slug))

    def scan(self, scan_id: str) -> Json | None:
        """A scan that the profile names, with its checks."""
        found = self.profile.get("scans", {}).get(scan_id)
        return dict(found) if found else None

    @cached_property
    def organizations(self) -> Mapping[str, Json]:
        """Organizations by their ids: those that may be chosen, and those that the profile or its filing names."""
        steps = self.submission["progress"] if self.submission else ()
        route = [step["organization"] for step in steps if step["organization"]]
        known = [*self.employers, *route, *(self.profile.get("organizations") or ())]
        return {one["organization_id"]: one for one in known}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of those organizations."""
        return {key: str(one["name"]) for key, one in self.organizations.items()}

    def employer(self, organization_id: str) -> str | None:
        """An organization's name; None for one that nobody knows."""
        return self.names.get(organization_id)


async def opened(visit: Visit, programme: str, **also: str) -> Opened:
    """Read the profile with its submission, the employers and the catalogue, side by side.

    `also`: further paths of profile, by the names under which the page finds what they hold.
    Raises Missing for a programme that is none, Unavailable where profile is away.
    """
    questions: dict[str, tuple[ServiceName, str]] = {
        "profile": ("profile", f"/profiles/{programme}?include=scans,submission,organizations"),
    }
    if _fresh(programme) is None:
        questions["catalogue"] = ("profile", f"/programmes/{programme}")
    if _fresh(f"{EMPLOYERS_OF}{programme}", RECENT) is None:
        listed = f"/organizations?kind=employer&programme={programme}&limit={EMPLOYERS}"
        questions["employers"] = ("auth", listed)
    questions |= {name: ("profile", path) for name, path in also.items()}
    replies = dict(zip(questions, await visit.ask_all(*questions.values()), strict=True))
    profile = content_of(replies["profile"], "profile")
    if "catalogue" in replies:
        _keep(programme, content_of(replies["catalogue"], "profile"))
    if (employers := replies.get("employers")) is not None and employers.status == OK:
        _keep(f"{EMPLOYERS_OF}{programme}", employers.content)
    found = _known.get(f"{EMPLOYERS_OF}{programme}", (0.0, {"items": ()}))[1]["items"]
    more = {name: reply.content for name in also if (reply := replies[name]) is not None and reply.status == OK}
    return Opened(_known[programme][1], profile, profile["submission"], found, more)


async def ask_with_catalogues(visit: Visit, *questions: tuple[ServiceName, str]) -> list[Reply | None]:
    """Ask, and for every catalogue as well where they are not at hand: afterwards `catalogue_of` waits for nothing."""
    if _fresh(CATALOGUES) is not None:
        return await visit.ask_all(*questions)
    *replies, listed = await visit.ask_all(*questions, ("profile", CATALOGUES))
    if listed is not None and listed.status == OK:
        for catalogue in _keep(CATALOGUES, listed.content)["items"]:
            _keep(catalogue["programme"], catalogue)
    return list(replies)


def names_of(told: Json) -> dict[str, str]:
    """The names of the organizations that come along with an answer, by their ids."""
    return {one["organization_id"]: str(one["name"]) for one in told.get("organizations") or () if one["name"]}


def content_of(reply: Reply | None, part: str) -> Any:  # noqa: ANN401 - JSON
    """What a service answered; its refusal is the page's."""
    if reply is not None and reply.status == OK:
        return reply.content
    if reply is not None and reply.status in _REFUSALS:
        raise _REFUSALS[reply.status]
    raise Unavailable(members={"part": part}, retry_after=3)


async def catalogue_of(visit: Visit, programme: str) -> Json:
    """A programme's declaration alone."""
    if (known := _fresh(programme)) is not None:
        return known
    (reply,) = await visit.ask_all(("profile", f"/programmes/{programme}"))
    return _keep(programme, content_of(reply, "profile"))


def _keep(name: str, content: Json) -> Json:
    """Note what was read just now; what says the same as before stays the same object, and what was drawn of it."""
    _at, before = _known.get(name, (0.0, None))
    kept = before if before == content else content
    _known[name] = (time.monotonic(), kept)
    return kept


def _fresh(name: str, seconds: float = FRESH) -> Json | None:
    """What was read a moment ago."""
    read_at, known = _known.get(name, (0.0, None))
    return known if known is not None and time.monotonic() - read_at < seconds else None
