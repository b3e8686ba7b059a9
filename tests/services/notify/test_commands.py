"""`juxian mail test`: one letter, and what the mail server said to it."""

import asyncio
import json

import pytest
from typer.testing import CliRunner

from services.notify.commands import app
from tests.builders.mail import MailServer


@pytest.mark.parametrize(
    ("answer", "address", "outcome", "code"),
    [
        (None, "wang@example.test", "taken", 0),
        ("550 no such mailbox", "wang@example.test", "smtp 550", 1),
        ("451 busy", "wang@example.test", "smtp 451", 1),
        (None, "no address\r\n", "no address", 1),
    ],
)
async def test_the_server_is_tried(mail: MailServer, answer: str | None, address: str, outcome: str, code: int) -> None:
    mail.at_rcpt += [answer] if answer else []
    done = await asyncio.to_thread(CliRunner().invoke, app, ["test", address, "--json"])

    assert (json.loads(done.output)["outcome"], done.exit_code) == (outcome, code)
    assert len(mail.letters) == (outcome == "taken")
