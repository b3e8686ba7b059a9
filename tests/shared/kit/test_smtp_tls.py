"""SMTP under TLS: STARTTLS wherever it is offered, TLS from the start where the URL says so, no password in clear."""

import asyncio
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shared.kit import smtp
from shared.kit.smtp import Post, Server, SmtpLater

LETTER = b"Subject: test\r\n\r\nbody\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's TLS with a certificate that nobody has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.juxian.test")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    path: Path = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


class Taker:
    """Takes letters, and notes whether the conversation was encrypted."""

    def __init__(self) -> None:
        self.encrypted: list[bool] = []
        self.users: list[str] = []

    async def handle_DATA(self, _server: SMTP, session: Session, _envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take it."""
        self.encrypted.append(session.ssl is not None)
        return "250 OK"

    def authenticate(self, _server: SMTP, _session: Session, _letter: Envelope, _way: str, data: object) -> AuthResult:
        """Let one user in."""
        login = getattr(data, "login", b"").decode()
        self.users.append(login)
        return AuthResult(success=login == "mail@juxian")


async def hand_in(taker: Taker, url: str, door: Callable[[], SMTP], over: ssl.SSLContext | None = None) -> None:
    """Hand two letters in at a server made of that door."""
    server = await asyncio.get_running_loop().create_server(door, "127.0.0.1", 0, ssl=over)
    port = server.sockets[0].getsockname()[1]
    post = Post(Server.at(url.format(port=port), "juxian.test", timeout=5, answer_timeout=5))
    try:
        for _ in range(2):
            await post.send("no-reply@juxian.test", "zhang.wei@demo.juxian.test", LETTER)
    finally:
        post.close()
        server.close()
        await server.wait_closed()
    assert taker.encrypted


async def test_starttls_is_used_where_it_is_offered(certificate: ssl.SSLContext) -> None:
    taker = Taker()

    await hand_in(taker, "smtp://127.0.0.1:{port}", lambda: SMTP(taker, tls_context=certificate, require_starttls=True))

    assert taker.encrypted == [True, True]


async def test_a_user_logs_in_under_tls(certificate: ssl.SSLContext) -> None:
    taker = Taker()

    def door() -> SMTP:
        return SMTP(taker, tls_context=certificate, auth_required=True, authenticator=taker.authenticate)

    await hand_in(taker, "smtp://mail%40juxian:se%3Acret@127.0.0.1:{port}", door)

    assert (taker.users, taker.encrypted) == (["mail@juxian"], [True, True])


async def test_tls_from_the_start_where_the_url_says_so(certificate: ssl.SSLContext) -> None:
    taker = Taker()

    await hand_in(taker, "smtps://127.0.0.1:{port}", lambda: SMTP(taker), over=certificate)

    assert len(taker.encrypted) == 2


async def test_another_machines_certificate_must_hold(
    certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "LOOPBACK", frozenset())
    taker = Taker()

    with pytest.raises(SmtpLater):
        await hand_in(taker, "smtp://127.0.0.1:{port}", lambda: SMTP(taker, tls_context=certificate))

    assert taker.encrypted == []


async def test_a_password_is_never_sent_in_clear_over_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "LOOPBACK", frozenset())
    taker = Taker()

    def door() -> SMTP:
        return SMTP(taker, auth_require_tls=False, authenticator=taker.authenticate)

    with pytest.raises(SmtpLater, match="no TLS for the password"):
        await hand_in(taker, "smtp://mail%40juxian:secret@127.0.0.1:{port}", door)

    assert taker.users == []
