"""The body of a request as it comes: counted, timed, and never held beyond its beginning."""

import asyncio
from collections.abc import AsyncIterator

from starlette.types import Receive

from shared.contracts.refusals import Refusal, TooLarge
from shared.contracts.texts import _

REMEMBERED = 64 * 1024
"""Bytes that are read before a service is called: what ends within them is sent whole, and can be sent again."""


class ClientGone(Exception):  # noqa: N818 - what happened, not an error
    """The client has hung up; nobody waits for an answer."""


class BodyStalled(Refusal):
    """No byte of the body came for too long (408)."""

    code = "body_timeout"
    sentence = _("长时间没有收到数据，请重新发送。")


class Incoming:
    """A body under way. `maximum` counts bytes; `timeout` is seconds without one."""

    def __init__(self, receive: Receive, maximum: int, timeout: float) -> None:
        """Nothing is read yet."""
        self._receive, self._maximum, self._timeout = receive, maximum, timeout
        self._head = bytearray()
        self._count = 0
        self.ended = asyncio.Event()
        self.failure: Exception | None = None

    @property
    def has_ended(self) -> bool:
        """Whether all of it has come."""
        return self.ended.is_set()

    @property
    def head(self) -> bytes:
        """What was read before the service was called."""
        return bytes(self._head)

    async def begin(self) -> None:
        """Read to the end, or as far as we remember."""
        while not self.has_ended and len(self._head) <= REMEMBERED:
            self._head += await self._next()

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body from its beginning; why it broke off is kept in `failure`."""
        yield self.head
        try:
            while not self.has_ended:
                yield await self._next()
        except (ClientGone, Refusal) as error:
            self.failure = error
            raise

    async def _next(self) -> bytes:
        """The next part; ClientGone, BodyStalled or TooLarge where there is none."""
        try:
            async with asyncio.timeout(self._timeout):
                message = await self._receive()
        except TimeoutError as error:
            raise BodyStalled from error
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk: bytes = message.get("body", b"")
        if not message.get("more_body", False):
            self.ended.set()
        self._count += len(chunk)
        if self._count > self._maximum:
            raise TooLarge
        return chunk
