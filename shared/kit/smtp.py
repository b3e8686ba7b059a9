"""SMTP: letters are handed in over connections that stay open, and every failure says whether trying again helps."""

import asyncio
import contextlib
import queue
import smtplib
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from shared.kit.settings import LOOPBACK

LETTERS_A_LINE = 100
IDLE_SECONDS = 20.0
SHUTTING_DOWN = 421
GO_ON = 354


class SmtpRefused(Exception):  # noqa: N818 - the server's verdict, not an error of ours
    """The server will never take this letter (5xx to its sender, recipient or content)."""

    def __init__(self, code: int) -> None:
        """Keep the code; the server's own words may hold the address, so they are dropped."""
        super().__init__(f"smtp {code}")
        self.cause = f"smtp {code}"


class SmtpLater(Exception):  # noqa: N818 - as above
    """The letter may be taken later: 4xx, a server that is away, slow, or not to be logged in to."""

    def __init__(self, cause: str) -> None:
        """Keep the cause, such as `smtp 451`, `unreachable`, `timeout`, `dropped`."""
        super().__init__(cause)
        self.cause = cause


class _HungUp(Exception):  # noqa: N818 - as above
    """A kept line turned out to be dead before its next letter began: nothing was said, nothing is lost."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where and how letters are handed in: `smtp://user:password@host:port`, or `smtps://` for TLS from the start.

    With `smtp://` STARTTLS is used wherever the server offers it, with its certificate verified unless it is this
    very machine; a password is never sent in clear over a network.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    is_tls: bool
    name: str
    """What we call ourselves in EHLO."""
    timeout: float = 30.0
    answer_timeout: float = 120.0

    @classmethod
    def at(cls, url: str, name: str, timeout: float = 30.0, answer_timeout: float = 120.0) -> "Server":
        """Read the URL; ValueError for another scheme or no host."""
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            message = "an SMTP server is smtp://host:port or smtps://host:port"
            raise ValueError(message)
        is_tls = parts.scheme == "smtps"
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        port = parts.port or (465 if is_tls else 25)
        return cls(parts.hostname, port, user, password, is_tls, name, timeout, answer_timeout)

    @property
    def is_here(self) -> bool:
        """Whether it is this machine."""
        return self.host in LOOPBACK

    def context(self) -> ssl.SSLContext:
        """How TLS is spoken with it."""
        context = ssl.create_default_context()
        if self.is_here:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context


class Line:
    """One open connection, and how many letters it carried."""

    def __init__(self, server: Server) -> None:
        """Connect, greet, encrypt, log in. Whatever fails here is not the letter's fault."""
        self.server, self.carried, self.used_at = server, 0, time.monotonic()
        self.smtp: smtplib.SMTP
        where, timeout = (server.host, server.port, server.name), server.timeout
        if server.is_tls:
            self.smtp = smtplib.SMTP_SSL(*where, timeout=timeout, context=server.context())
        else:
            self.smtp = smtplib.SMTP(*where, timeout=timeout)
        try:
            self._begin()
        except BaseException:
            self.smtp.close()
            raise

    def _begin(self) -> None:
        """Greet; encrypt where it is offered; log in where there is a user."""
        self.smtp.ehlo_or_helo_if_needed()
        is_safe = self.server.is_tls or self.server.is_here
        if not self.server.is_tls and self.smtp.has_extn("starttls"):
            self.smtp.starttls(context=self.server.context())
            self.smtp.ehlo()
            is_safe = True
        if self.server.user:
            if not is_safe:
                raise SmtpLater("no TLS for the password")
            self.smtp.login(self.server.user, self.server.password)

    @property
    def is_kept(self) -> bool:
        """Whether it stands and may carry another letter."""
        is_young = time.monotonic() - self.used_at < IDLE_SECONDS
        return self.smtp.sock is not None and self.carried < LETTERS_A_LINE and is_young

    def hand_in(self, sender: str, recipient: str, content: bytes) -> None:
        """One letter to one recipient; the answer to its last dot is waited for longer than any other."""
        self._mail(sender)
        self._expect(*self.smtp.rcpt(recipient))
        self._expect(*self.smtp.docmd("DATA"), wanted=GO_ON)
        self.smtp.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        self._wait_at_most(self.server.answer_timeout)
        self._expect(*self.smtp.getreply())
        self._wait_at_most(self.server.timeout)
        self.carried, self.used_at = self.carried + 1, time.monotonic()

    def _mail(self, sender: str) -> None:
        """Begin a letter; on a line that was kept this shows whether the server has hung up meanwhile."""
        try:
            code, words = self.smtp.mail(sender)
        except smtplib.SMTPServerDisconnected:
            if self.carried:
                raise _HungUp from None
            raise
        if code == SHUTTING_DOWN and self.carried:
            raise _HungUp
        self._expect(code, words)

    def _expect(self, code: int, _words: bytes, wanted: int = 250) -> None:
        """Go on where the answer is of the wanted kind; else end this letter, while the line may stay."""
        if code // 100 == wanted // 100:
            return
        if code // 100 not in {4, 5} or code == SHUTTING_DOWN:
            self.smtp.close()
        else:
            self.smtp.rset()
        raise SmtpRefused(code) if code // 100 == 5 else SmtpLater(f"smtp {code}")  # noqa: PLR2004 - RFC 5321, 4.2.1

    def _wait_at_most(self, seconds: float) -> None:
        """How long the next answers are waited for."""
        if self.smtp.sock is not None:
            self.smtp.sock.settimeout(seconds)

    def cut(self) -> None:
        """Break the connection from another thread, so that whoever waits on it wakes up."""
        with contextlib.suppress(OSError):
            if self.smtp.sock is not None:
                self.smtp.sock.shutdown(socket.SHUT_RDWR)


class Post:
    """Hands letters in: as many at once as there are connections, each in a thread of its own."""

    def __init__(self, server: Server, connections: int = 8) -> None:
        """Nothing is connected before the first letter."""
        self.server = server
        self.limit = server.timeout + server.answer_timeout
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="smtp")
        self._kept: queue.LifoQueue[Line] = queue.LifoQueue()

    async def send(self, sender: str, recipient: str, content: bytes) -> None:
        """Hand one letter in; raises SmtpRefused or SmtpLater where it was not taken.

        After a timeout behind DATA nobody knows whether it was taken: it is sent again with the same Message-ID.
        """
        held: list[Line] = []
        future = self._threads.submit(self._carry, held, sender, recipient, content)
        try:
            async with asyncio.timeout(self.limit):
                await asyncio.wrap_future(future)
        except TimeoutError:
            for line in held:
                line.cut()
            raise SmtpLater("timeout") from None

    def close(self) -> None:
        """Hang up everywhere."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        while (line := self._idle()) is not None:
            line.smtp.close()

    def _carry(self, held: list[Line], sender: str, recipient: str, content: bytes) -> None:
        """Take a line, hand the letter in, put the line back; whatever the network does becomes SmtpLater."""
        try:
            self._over_a_line(held, sender, recipient, content)
        except (SmtpRefused, SmtpLater):
            self._put_back(held)
            raise
        except (smtplib.SMTPException, OSError) as error:
            for line in held:
                line.smtp.close()
            raise SmtpLater(_cause(error, is_connected=bool(held))) from error
        self._put_back(held)

    def _over_a_line(self, held: list[Line], sender: str, recipient: str, content: bytes) -> None:
        """Hand in over a kept line; where the server has hung up meanwhile, over a new one."""
        held.append(self._idle() or Line(self.server))
        try:
            held[0].hand_in(sender, recipient, content)
        except _HungUp:
            held.pop().smtp.close()
            held.append(Line(self.server))
            held[0].hand_in(sender, recipient, content)

    def _idle(self) -> Line | None:
        """A kept line that is still good by its age."""
        with contextlib.suppress(queue.Empty):
            while True:
                line = self._kept.get_nowait()
                if line.is_kept:
                    return line
                line.smtp.close()
        return None

    def _put_back(self, held: list[Line]) -> None:
        """Keep a line whose letter was answered."""
        for line in held:
            if line.is_kept:
                self._kept.put(line)
            else:
                line.smtp.close()


def _cause(error: BaseException, *, is_connected: bool) -> str:
    """What happened, in a word: never the server's text, which may hold an address."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"smtp {error.smtp_code} before the letter"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "timeout"
    return "dropped" if is_connected or isinstance(error, smtplib.SMTPException) else "unreachable"
