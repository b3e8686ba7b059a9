"""The built-in mailbox: a letter comes in over a real SMTP conversation, and is taken once it is kept."""

import pytest

from shared.kit.mailbox import Arrived, mailbox
from shared.kit.smtp import Post, Server, SmtpLater

LETTER = (
    "Message-ID: <1@juxian.test>\r\nSubject: =?utf-8?b?5oKo5aW9?=\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n正文\r\n"
).encode()


async def send_to(port: int) -> None:
    """Hand the sample letter in."""
    post = Post(Server.at(f"smtp://127.0.0.1:{port}", "juxian.test"))
    try:
        await post.send("no-reply@juxian.test", "zhang.wei@demo.juxian.test", LETTER)
    finally:
        post.close()


async def test_a_letter_is_taken_apart_and_kept() -> None:
    kept: list[Arrived] = []

    async def keep(letter: Arrived) -> None:
        kept.append(letter)

    async with mailbox(0, keep) as port:
        await send_to(port)

    assert kept == [Arrived("<1@juxian.test>", "zhang.wei@demo.juxian.test", "您好", "正文\n", "")]


async def test_a_letter_that_cannot_be_kept_is_asked_for_again() -> None:
    async def keep(_letter: Arrived) -> None:
        raise OSError

    async with mailbox(0, keep) as port:
        with pytest.raises(SmtpLater, match="451"):
            await send_to(port)
