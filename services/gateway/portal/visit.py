"""A visit to a page: who comes, what they filled in, and what they are shown."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

from services.gateway.actions.ask import Reply, ask_for
from services.gateway.actions.desk import Desk
from services.gateway.rules.headers import Header
from services.gateway.rules.routes import Bucket
from services.gateway.schemas import Exchange
from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Missing

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


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page. `form` and `query` hold the first value of each name."""

    desk: Desk
    exchange: Exchange
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]

    async def ask(
        self, service: ServiceName, method: str, path: str, body: Mapping[str, object] | None = None
    ) -> Reply:
        """Ask a service on the visitor's behalf."""
        return await ask_for(self.desk, self.exchange, service, method, path, body)

    @property
    def is_known(self) -> bool:
        """Whether the visitor is logged in."""
        return self.exchange.session is not None

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


def go_to(location: str, *headers: Header) -> Shown:
    """Send the visitor on to a page of our own, after a form was taken (RFC 9110, 15.4.4)."""
    return Shown(status=303, location=location, headers=headers)


def log_in_first(visit: Visit) -> Shown:
    """Send the visitor to the login, and back here after it."""
    return go_to(f"/login?next={quote(visit.exchange.scope['path'], safe='')}")
