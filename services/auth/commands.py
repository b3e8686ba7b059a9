"""Door 4: an operator's commands: `juxian accounts create-admin`, `import` and `reset-password`."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer

from services.auth.actions.imports.by_command import ByCommand, import_by_command
from services.auth.actions.operators import Appointed, appoint, renew_password
from services.auth.rules.accounts import STAFF
from services.auth.settings import settings
from shared.contracts.refusals import Missing, Refusal
from shared.kit.database import Database
from shared.kit.texts import translate

app = typer.Typer(no_args_is_help=True, help="Accounts: the first administrator, a password renewed.")
Answer = TypeVar("Answer")
Lost = Annotated[bool, typer.Option(help="Revoke its passkeys as well: they are lost.")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for scripts.")]


@app.callback()
def accounts() -> None:
    """Accounts: the first administrator, a password renewed."""


@app.command()
def create_admin(
    username: Annotated[str, typer.Option(prompt=True)],
    name: Annotated[str, typer.Option(prompt=True, help="The person's name.")],
    email: Annotated[str, typer.Option(prompt=True, help="Where letters to them go.")],
    password_stdin: Annotated[bool, typer.Option(help="Read the password from standard input.")] = False,
    role: Annotated[str, typer.Option(help="administrator or operator")] = "administrator",
    as_json: Json = False,
) -> None:
    """Make an administrator (or an operator); the password has twelve characters at least.

    It is asked for, or read from standard input or JUXIAN_ADMIN_PASSWORD: words of a command can be seen by others.
    """
    if role not in STAFF:
        _fail(f"--role is one of {', '.join(STAFF)}", 2)
    password = _password(from_stdin=password_stdin)
    someone = Appointed(username=username, name=name, email=email, password=password, roles=(role,))
    _run(lambda database: database.act(appoint, someone))
    typer.echo(json.dumps({"username": username, "role": role}) if as_json else f"{username} can log in as {role}.")


@app.command("import")
def import_people(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help=".xlsx, .xls or .csv")],
    programme: Annotated[str, typer.Option(help="Whose accounts are assigned.")] = "hebei-professional-title",
    dry_run: Annotated[bool, typer.Option(help="Judge every row, and write nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Import a list of people: judged row by row, then opened by the workers of the running platform.

    Ends with 1 where a row was rejected. Usernames and initial passwords are fetched once, on the imports page.
    """
    order = ByCommand(programme, file.name, file.read_bytes(), dry_run=dry_run)
    told = _run(lambda database: import_by_command(database, order))
    if as_json:
        typer.echo(told.model_dump_json())
    else:
        for row in told.rows:
            if row.code:
                typer.echo(f"row {row.row}: {row.outcome} {row.field} {row.code}: {row.message}")
        typer.echo(f"{'judged' if dry_run else told.import_id}: " + _counted(told.counts))
    raise typer.Exit(1 if told.counts["rejected"] else 0)


async def gaps(database_url: str) -> list[str]:
    """The tiers that no organization holds, for `juxian doctor`."""
    from services.auth.queries.gaps import tiers_without_organization

    database = Database(database_url, pool_size=1)
    try:
        return await database.read(tiers_without_organization)
    finally:
        await database.close()


def _counted(counts: Mapping[str, int]) -> str:
    """How many rows came to which end."""
    return ", ".join(f"{number} {outcome}" for outcome, number in counts.items() if number)


def _password(*, from_stdin: bool) -> str:
    """The password of somebody who is appointed."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    given = os.environ.get("JUXIAN_ADMIN_PASSWORD")
    return given or str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


@app.command()
def reset_password(
    username: Annotated[str, typer.Argument()], *, passkeys: Lost = False, as_json: Json = False
) -> None:
    """Give an account a random password, shown once, that the next login must replace; its sessions end."""
    password = _run(lambda database: _renewed(database, username, with_passkeys=passkeys))
    typer.echo(json.dumps({"username": username, "password": password}) if as_json else f"{username}: {password}")


async def _renewed(database: Database, username: str, *, with_passkeys: bool) -> str:
    """Renew it, and let the gateway forget the sessions that ended."""
    from services.auth.actions.fleeting import Fleeting
    from shared.kit.redis import connect

    password, ended = await database.act(renew_password, username, with_passkeys=with_passkeys)
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
    except Missing:
        _fail("Nobody has that username.", 2)
    except Refusal as refusal:
        told = [translate(fault.message, "en", **dict(fault.values)) for fault in refusal.faults]
        _fail("\n".join(told or [translate(refusal.sentence, "en", **refusal.values)]))


def _fail(words: str, code: int = 1) -> NoReturn:
    """Say what is wrong, and end."""
    typer.echo(words, err=True)
    raise typer.Exit(code)
