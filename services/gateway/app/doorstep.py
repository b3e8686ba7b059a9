"""How the server's sockets behave before a request is one: heads have a size and a time, what is dull is dropped.

uvicorn's own protocol waits for ever for the rest of a head, of whatever length (quality.md, A57 and A58). Start
the server with `http="services.gateway.app:Doorstep"`.
"""

import asyncio
from http import HTTPStatus

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from services.gateway.actions.answers import HeadersTooLarge, Malformed, status_of
from services.gateway.rules.headers import secured
from services.gateway.settings import settings
from shared.contracts.refusals import Refusal
from shared.contracts.texts import _
from shared.kit.ids import new_id
from shared.kit.web import problems

HEAD_MAXIMUM = 32 * 1024
"""Bytes; beyond what the door itself refuses, so that an honest client hears why."""


class Doorstep(HttpToolsProtocol):
    """uvicorn's protocol with an end to its patience."""

    head_timeout = 15.0
    """Seconds for a whole head, from its first byte or the connection's beginning."""
    drain_timeout = 30.0
    """Seconds for a client to finish a body whose answer it has."""

    _deadline: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _in_head = True
    _had_head = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Expect a head from now on."""
        super().connection_made(transport)
        self._close_after(self.head_timeout)

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing any more."""
        self._forget_deadline()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless a head has grown beyond all bounds."""
        if self._in_head and self._deadline is None:
            self._close_after(self.head_timeout)
        self._had_head = not self._in_head
        super().data_received(data)
        if not self._had_head:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_MAXIMUM and not self.transport.is_closing():
                self._refuse(HeadersTooLarge())

    def on_headers_complete(self) -> None:
        """The head is whole: how long the rest takes is for the door to say."""
        self._in_head, self._had_head, self._head_bytes = False, True, 0
        self._forget_deadline()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole: the next thing is a head again."""
        self._in_head = True
        self._forget_deadline()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is out; a body that is still coming gets a while to end."""
        super().on_response_complete()
        if not self._in_head and not self.transport.is_closing():
            self._close_after(self.drain_timeout)

    def send_400_response(self, msg: str) -> None:
        """Say what every refusal says, to what is no HTTP."""
        sentence = _("请求不是有效的 HTTP。")
        self._refuse(Malformed(sentence=sentence) if msg else Malformed())

    def _refuse(self, refusal: Refusal) -> None:
        """Answer by hand, and close."""
        status, document, _headers = problems.problem(refusal, "zh", status_of(refusal))
        body = orjson.dumps(document)
        own = [
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
            (b"x-request-id", str(new_id()).encode()),
        ]
        head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()]
        head += [name + b": " + value for name, value in secured(own, over_tls=settings().over_tls)]
        self.transport.write(b"\r\n".join([*head, b"", body]))
        self.transport.close()

    def _close_after(self, seconds: float) -> None:
        """Close the connection unless what is awaited comes in time."""
        self._forget_deadline()
        self._deadline = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def _forget_deadline(self) -> None:
        """What was awaited has come."""
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
