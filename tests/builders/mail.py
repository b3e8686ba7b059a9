"""A mail server that answers as it is told: for each letter the next line of its script, 250 when that has ended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session

from shared.kit.mailbox import Arrived, read_letter

HANG = "hang"
DROP = "drop"
DRIP = "drip"


@dataclass
class MailServer:
    """What the server is to answer at RCPT and at the end of DATA, and the letters that it took."""

    port: int = 0
    at_rcpt: list[str] = field(default_factory=list)
    at_data: list[str] = field(default_factory=list)
    letters: list[Arrived] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    connections: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """The scripted answer to a recipient."""
        answer = self.at_rcpt.pop(0) if self.at_rcpt else "250 OK"
        if answer == "250 OK":
            envelope.rcpt_tos.append(address)
        return await self._say(server, answer)

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - likewise
        """Take the letter, then give the scripted answer: the client may or may not learn that it was taken."""
        answer = self.at_data.pop(0) if self.at_data else "250 OK"
        if not answer.startswith(("4", "5")):
            content = envelope.content
            assert isinstance(content, bytes)
            self.raw.append(content)
            self.letters.append(read_letter(content, envelope.rcpt_tos[0]))
        return await self._say(server, answer)

    async def _say(self, server: SMTP, answer: str) -> str:
        """Answer, or do what a bad server does instead."""
        if answer == HANG:
            await self.over.wait()
        while answer == DRIP and not self.over.is_set():
            assert server._writer is not None
            server._writer.write(b"2")
            await asyncio.sleep(0.05)
        if answer in {DROP, HANG, DRIP}:
            assert server.transport is not None
            server.transport.close()
            return "421 gone"
        return answer


@asynccontextmanager
async def mail_server(**script: list[str]) -> AsyncIterator[MailServer]:
    """Serve on a free port while the block runs."""
    handler = MailServer(**script)  # type: ignore[arg-type]  # lists of answers by name

    def connected() -> SMTP:
        """Count the connection."""
        handler.connections += 1
        return SMTP(handler, hostname="mail.juxian.test", loop=asyncio.get_running_loop())

    server = await asyncio.get_running_loop().create_server(connected, "127.0.0.1", 0)
    handler.port = server.sockets[0].getsockname()[1]
    try:
        yield handler
    finally:
        handler.over.set()
        server.close()
        await server.wait_closed()
