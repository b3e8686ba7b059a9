"""One request on its way through the door, and the answer that it is given."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.types import Message, Receive, Scope, Send

from services.gateway.rules.headers import Header, secured
from services.gateway.rules.words import Language, language_of
from services.gateway.schemas.session import Session

SINGLE = frozenset({b"host", b"authorization", b"content-type", b"cookie", b"x-csrf-token", b"origin"})


@dataclass(slots=True)
class Exchange:
    """A request with what we found out about it: id, client, language, session, route.

    Everything that is answered goes out through `send`, so that each answer carries the request's id and the
    headers that all answers carry, and the log knows how it ended.
    """

    scope: Scope
    receive: Receive
    _send: Send
    request_id: str
    over_tls: bool
    client: str = ""
    route: str = ""
    session: Session | None = None
    status: int = 0
    sent: int = 0
    began_at: float = field(default_factory=time.perf_counter)
    headers: dict[bytes, bytes] = field(init=False)
    has_doubles: bool = field(init=False, default=False)
    language: Language = field(init=False)

    def __post_init__(self) -> None:
        """Read the headers once; one that may come only once and came twice is noted."""
        self.headers = {}
        for name, value in self.scope["headers"]:
            if name in self.headers and name in SINGLE:
                self.has_doubles = True
            self.headers.setdefault(name, value)
        self.language = language_of(self.header(b"accept-language"))

    @property
    def method(self) -> str:
        """The request's method."""
        return str(self.scope["method"])

    @property
    def has_begun(self) -> bool:
        """Whether the answer's head has gone out."""
        return self.status != 0

    def header(self, name: bytes) -> str | None:
        """A header's value, or None."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    def cookie(self, name: str) -> str | None:
        """A cookie's value, or None."""
        try:
            found = SimpleCookie(self.header(b"cookie") or "").get(name)
        except CookieError:
            return None
        return found.value if found is not None else None

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = [*message.get("headers", ()), (b"x-request-id", self.request_id.encode())]
            message = {**message, "headers": secured(own, over_tls=self.over_tls)}
        else:
            self.sent += len(message.get("body", b""))
        await self._send(message)

    async def begin(self, status: int, headers: Iterable[Header]) -> None:
        """Send the answer's head."""
        await self.send({"type": "http.response.start", "status": status, "headers": list(headers)})

    async def write(self, chunk: bytes, *, more: bool) -> None:
        """Send a part of the answer's body."""
        await self.send({"type": "http.response.body", "body": chunk, "more_body": more})

    async def answer(self, status: int, body: bytes = b"", headers: Iterable[Header] = ()) -> None:
        """Send a whole answer."""
        length = [] if status == 204 else [(b"content-length", str(len(body)).encode())]  # noqa: PLR2004 - No Content
        await self.begin(status, [*headers, *length])
        await self.write(b"" if self.method == "HEAD" else body, more=False)
