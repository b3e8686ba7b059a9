"""A visit to a page: who comes, what they filled in, and what they are shown."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

from services.gateway.actions.ask import Packed, Reply, ask_for
from services.gateway.actions.desk import Desk
from services.gateway.rules.headers import Header
from services.gateway.rules.routes import Bucket
from services.gateway.schemas import Exchange
from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Missing, Refusal

NO_REFERRER: Header = (b"referrer-policy", b"no-referrer")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a visitor is shown: a template with its values; a file's `content`; or, with `location`, where to go on."""

    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    location: str = ""
    content: bytes = b""
    headers: tuple[Header, ...] = ()


class Filled(Mapping[str, str]):
    """The fields of a form or query: the first value of each name, and all of them by `all`."""

    def __init__(self, pairs: list[tuple[str, str]] | None = None) -> None:
        """Take names and values in the order in which they came."""
        self.pairs = pairs or []
        self._first = dict(reversed(self.pairs))

    def __getitem__(self, name: str) -> str:
        """The first value of a name."""
        return self._first[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._first)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._first)

    def all(self, name: str) -> list[str]:
        """Every value of a name, in order; none where it did not come."""
        return [value for known, value in self.pairs if known == name]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page."""

    desk: Desk
    exchange: Exchange
    parameters: Mapping[str, str]
    query: Filled
    form: Filled
    has_unread_form: bool = False
    """Whether the page reads its form by itself; any other form was read at the door."""

    async def ask(
        self,
        service: ServiceName,
        method: str,
        path: str,
        body: Mapping[str, object] | Packed | None = None,
        also: Mapping[str, str] | None = None,
    ) -> Reply:
        """Ask a service on the visitor's behalf. `also`: further headers, such as If-Match."""
        return await ask_for(self.desk, self.exchange, service, method, path, body, also)

    async def ask_all(self, *questions: tuple[ServiceName, str]) -> list[Reply | None]:
        """Ask several services side by side, `GET` each; None for one that is away, so that the rest is shown."""
        return list(await asyncio.gather(*(self._ask_quietly(service, path) for service, path in questions)))

    async def _ask_quietly(self, service: ServiceName, path: str) -> Reply | None:
        """One of several questions."""
        try:
            return await self.ask(service, "GET", path)
        except Refusal:
            return None

    @property
    def is_known(self) -> bool:
        """Whether the visitor is logged in."""
        return self.exchange.session is not None

    @property
    def is_fragment(self) -> bool:
        """Whether a script asks, for a part of a page."""
        return self.exchange.header(b"hx-request") == "true"

    @property
    def is_scripted(self) -> bool:
        """Whether a script asks, which shows its own login where the session is over."""
        return self.is_fragment or self.exchange.header(b"x-csrf-token") is not None

    def identifier(self, name: str) -> str:
        """An id of the path; Missing where it is none."""
        try:
            return str(UUID(self.parameters[name]))
        except ValueError as error:
            raise Missing from error


Showing = Callable[[Visit], Awaitable[Shown]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal: where it is, and who draws it."""

    method: str
    path: str
    show: Showing
    bucket: Bucket = "read"
    takes_files: bool = False
    """Its body is multipart, and the page reads it by itself and checks its token."""


def go_to(location: str, *headers: Header) -> Shown:
    """Send the visitor on to a page of our own, after a form was taken (RFC 9110, 15.4.4)."""
    return Shown(status=303, location=location, headers=headers)


SECRETS = frozenset({"csrf_token", "password", "current_password", "new_password", "new_password_confirm"})


def log_in_first(visit: Visit) -> Shown:
    """Send the visitor to the login, and back here after it; what a form held goes with them and is not lost."""
    if visit.is_scripted:
        return Shown(status=401, content=b"-")
    path = visit.exchange.scope["path"]
    if visit.exchange.method != "POST":
        asked = visit.exchange.scope["query_string"].decode("latin-1")
        return go_to(f"/login?next={quote(path + ('?' + asked if asked else ''), safe='')}")
    carried = [(name, value) for name, value in visit.form.pairs if name not in SECRETS]
    return Shown("expired.html", {"carried": carried, "carried_to": path}, 401)
