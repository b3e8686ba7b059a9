"""Door 4: an operator's commands: `juxian accounts create-admin` and `reset-password`."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, NoReturn, TypeVar

import typer

from services.auth.actions.operators import Appointed, appoint, renew_password
from services.auth.rules.accounts import STAFF
from services.auth.settings import settings
from shared.contracts.refusals import Refusal
from shared.kit.database import Database
from shared.kit.texts import translate

app = typer.Typer(no_args_is_help=True, help="Accounts: the first administrator, a password renewed.")
Answer = TypeVar("Answer")


@app.callback()
def accounts() -> None:
    """Accounts: the first administrator, a password renewed."""


@app.command()
def create_admin(
    username: Annotated[str, typer.Option(prompt=True)],
    name: Annotated[str, typer.Option(prompt=True, help="The person's name.")],
    email: Annotated[str, typer.Option(prompt=True, help="Where letters to them go.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    role: Annotated[str, typer.Option(help="administrator or operator")] = "administrator",
) -> None:
    """Make an administrator (or an operator); the password has twelve characters at least."""
    if role not in STAFF:
        _fail(f"--role is one of {', '.join(STAFF)}")
    someone = Appointed(username=username, name=name, email=email, password=password, roles=(role,))
    _run(lambda database: database.act(appoint, someone))
    typer.echo(f"{username} can log in as {role}.")


@app.command()
def reset_password(username: Annotated[str, typer.Argument()]) -> None:
    """Give an account a random password, shown once, that the next login must replace; its sessions end."""
    password = _run(lambda database: _renewed(database, username))
    typer.echo(f"{username}: {password}")


async def _renewed(database: Database, username: str) -> str:
    """Renew it, and let the gateway forget the sessions that ended."""
    from services.auth.actions.fleeting import Fleeting
    from shared.kit.redis import connect

    password, ended = await database.act(renew_password, username)
    redis = connect(settings().redis_url)
    await Fleeting(redis).bury(ended)
    await redis.aclose()
    return password


def _run(work: Callable[[Database], Awaitable[Answer]]) -> Answer:
    """Work with auth's database; a refusal is said in words, and ends the command with 1."""

    async def connected() -> Answer:
        """The work, with a connection that is given back."""
        database = Database(settings().database_url, pool_size=1)
        try:
            return await work(database)
        finally:
            await database.close()

    try:
        return asyncio.run(connected())
    except Refusal as refusal:
        told = [translate(fault.message, "en", **dict(fault.values)) for fault in refusal.faults]
        _fail("\n".join(told or [translate(refusal.sentence, "en", **refusal.values)]))


def _fail(words: str) -> NoReturn:
    """Say what is wrong, and end."""
    typer.echo(words, err=True)
    raise typer.Exit(1)
