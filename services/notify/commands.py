"""Door 4: an operator's commands: `juxian mail test`."""

import asyncio
import json
from datetime import UTC
from email.utils import parseaddr
from typing import Annotated

import typer

from services.notify.settings import settings
from shared.kit import clock
from shared.kit.ids import new_id
from shared.kit.letters import Frame, Rendered, message
from shared.kit.smtp import Post, Server, SmtpLater, SmtpRefused

app = typer.Typer(no_args_is_help=True, help="Mail: does the mail server take letters?")
FAILED = 1
TRIED = Rendered(
    "聚贤测试邮件 · Juxian test mail",
    "邮件服务器可以使用。\nThe mail server works.\n",
    "<p>邮件服务器可以使用。<br>The mail server works.</p>",
)


@app.callback()
def mail() -> None:
    """Try the way of letters."""


@app.command("test")
def try_out(
    address: Annotated[str, typer.Argument(help="Who gets the test letter.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON, for scripts.")] = False,
) -> None:
    """Hand one test letter in, and say what the mail server answered. Ends with 1 where it was not taken."""
    outcome = asyncio.run(_sent(address))
    if as_json:
        typer.echo(json.dumps({"to": address, "server": _server(), "outcome": outcome}, ensure_ascii=False))
    else:
        typer.echo(f"{_server() or 'no mail server'}: {outcome}")
    raise typer.Exit(0 if outcome == "taken" else FAILED)


async def _sent(address: str) -> str:
    """What came of it: `taken`, or the cause that deliveries are shown with."""
    given = settings()
    if not given.mail_server:
        return "no mail server"
    post = Post(Server.at(given.mail_server, given.mail_domain, given.smtp_timeout, given.smtp_answer_timeout), 1)
    frame = Frame(given.mail_from, address, f"<{new_id()}@{given.mail_domain}>", clock.wall().astimezone(UTC))
    try:
        await post.send(parseaddr(given.mail_from)[1], address, message(TRIED, frame))
    except (SmtpRefused, SmtpLater) as answer:
        return answer.cause
    except ValueError:
        return "no address"
    finally:
        post.close()
    return "taken"


def _server() -> str:
    """The mail server without its password."""
    return settings().mail_server.rpartition("@")[2].removeprefix("smtp://").removeprefix("smtps://")
