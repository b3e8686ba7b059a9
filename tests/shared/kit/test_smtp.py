"""SMTP: what the server says decides whether a letter is tried again; connections are kept, and never waited on."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from shared.kit.smtp import Post, Server, SmtpLater, SmtpRefused
from tests.builders.mail import DRIP, DROP, HANG, MailServer, mail_server

LETTER = b"Subject: test\r\n\r\n.a line that begins with a dot\r\nlast\r\n"
SENDER, RECIPIENT = "no-reply@juxian.test", "zhang.wei@demo.juxian.test"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as opened:
        yield opened


@pytest.fixture
async def post(server: MailServer) -> AsyncIterator[Post]:
    opened = Post(Server.at(server.url, "juxian.test", timeout=0.5, answer_timeout=0.5), connections=2)
    yield opened
    opened.close()


async def test_a_letter_arrives_as_it_was_sent(server: MailServer, post: Post) -> None:
    await post.send(SENDER, RECIPIENT, LETTER)

    assert server.raw == [LETTER]
    assert [letter.to for letter in server.letters] == [RECIPIENT]


async def test_letters_share_a_connection(server: MailServer, post: Post) -> None:
    for _ in range(5):
        await post.send(SENDER, RECIPIENT, LETTER)

    assert (server.connections, len(server.letters)) == (1, 5)


async def test_as_many_letters_travel_at_once_as_there_are_connections(server: MailServer, post: Post) -> None:
    await asyncio.gather(*(post.send(SENDER, RECIPIENT, LETTER) for _ in range(12)))

    assert len(server.letters) == 12
    assert server.connections <= 2


@pytest.mark.parametrize("answer", ["421 shutting down", "451 try later", "452 full"])
@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
async def test_a_temporary_no_is_for_later(server: MailServer, post: Post, stage: str, answer: str) -> None:
    getattr(server, stage).append(answer)

    with pytest.raises(SmtpLater, match=answer[:3]):
        await post.send(SENDER, RECIPIENT, LETTER)
    await post.send(SENDER, RECIPIENT, LETTER)

    assert len(server.letters) == 1


@pytest.mark.parametrize("answer", ["550 no such mailbox", "552 mailbox full", "554 refused"])
@pytest.mark.parametrize("stage", ["at_rcpt", "at_data"])
async def test_a_final_no_is_for_good(server: MailServer, post: Post, stage: str, answer: str) -> None:
    getattr(server, stage).append(answer)

    with pytest.raises(SmtpRefused) as caught:
        await post.send(SENDER, RECIPIENT, LETTER)
    await post.send(SENDER, RECIPIENT, LETTER)

    assert caught.value.cause == f"smtp {answer[:3]}"
    assert (len(server.letters), server.connections) == (1, 1)


@pytest.mark.parametrize("behaviour", [HANG, DRIP])
async def test_a_server_that_never_ends_its_answer_times_out(server: MailServer, post: Post, behaviour: str) -> None:
    server.at_data.append(behaviour)

    with pytest.raises(SmtpLater, match="timeout"):
        await post.send(SENDER, RECIPIENT, LETTER)
    await post.send(SENDER, RECIPIENT, LETTER)

    assert len(server.letters) == 2


async def test_a_connection_dropped_after_the_letter_is_for_later(server: MailServer, post: Post) -> None:
    server.at_data.append(DROP)

    with pytest.raises(SmtpLater):
        await post.send(SENDER, RECIPIENT, LETTER)


async def test_a_kept_connection_that_the_server_closed_is_replaced(server: MailServer, post: Post) -> None:
    await post.send(SENDER, RECIPIENT, LETTER)
    line = post._kept.get_nowait()
    line.cut()
    post._kept.put(line)

    await post.send(SENDER, RECIPIENT, LETTER)

    assert (server.connections, len(server.letters)) == (2, 2)


async def test_a_server_that_is_away_is_for_later() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    post = Post(Server.at(f"smtp://127.0.0.1:{port}", "juxian.test"))

    with pytest.raises(SmtpLater, match="unreachable"):
        await post.send(SENDER, RECIPIENT, LETTER)
    post.close()


async def test_a_login_that_fails_is_not_the_letters_fault(server: MailServer) -> None:
    url = server.url.replace("smtp://", "smtp://mail%40juxian:se%3Acret@")
    post = Post(Server.at(url, "juxian.test"))

    with pytest.raises(SmtpLater):
        await post.send(SENDER, RECIPIENT, LETTER)
    post.close()


def test_a_servers_url_says_how_to_reach_it() -> None:
    plain = Server.at("smtp://mail%40juxian:se%3Acret@mail.example.test:587", "juxian.test")
    safe = Server.at("smtps://mail.example.test", "juxian.test")

    assert (plain.host, plain.port, plain.user, plain.password, plain.is_tls) == (
        "mail.example.test", 587, "mail@juxian", "se:cret", False,
    )  # fmt: skip
    assert (safe.port, safe.is_tls) == (465, True)
    assert "se:cret" not in repr(plain)


@pytest.mark.parametrize("url", ["http://mail.example.test", "smtp://", "mail.example.test:25"])
def test_what_is_no_smtp_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP"):
        Server.at(url, "juxian.test")
