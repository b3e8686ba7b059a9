"""The built-in mailbox's door: a real SMTP server on the loopback address, for installations without another."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST = 5_000_000
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter as it arrived for one recipient."""

    message_id: str
    to: str
    subject: str
    text: str
    html: str


Keep = Callable[[Arrived], Awaitable[None]]


class _Door:
    """Answers what aiosmtpd asks: a letter is taken once it is kept."""

    def __init__(self, keep: Keep) -> None:
        """Keep what keeps."""
        self.keep = keep

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Read the letter and keep it, once for each recipient."""
        try:
            for recipient in envelope.rcpt_tos:
                await self.keep(read_letter(envelope.content, recipient))
        except Exception:
            log.exception("mailbox_could_not_keep")
            return "451 Could not be kept, try again later"
        return "250 Kept"


def read_letter(content: bytes | str | None, recipient: str) -> Arrived:
    """Take a letter apart into what the mailbox shows."""
    raw = content if isinstance(content, bytes) else (content or "").encode()
    letter = message_from_bytes(raw, policy=policy.default)
    return Arrived(
        message_id=str(letter.get("Message-ID", "")),
        to=recipient,
        subject=str(letter.get("Subject", "")),
        text=_body(letter, "plain"),
        html=_body(letter, "html"),
    )


def _body(letter: EmailMessage, kind: str) -> str:
    """The part of that kind; empty where there is none."""
    part = letter.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


@asynccontextmanager
async def mailbox(port: int, keep: Keep, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """Serve SMTP within this process while the block runs; gives the port, also where 0 left it to the system."""
    loop, door = asyncio.get_running_loop(), _Door(keep)
    server = await loop.create_server(
        lambda: SMTP(door, data_size_limit=LARGEST, hostname="mailbox.juxian.test", ident="Juxian", loop=loop),
        host,
        port,
    )
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
