"""How the commands answer: tables for people, JSON for scripts, one sentence and an exit code where something is wrong.

Exit codes: 0 all is well; 1 something does not hold, or was refused; 2 the command was given wrongly, or names what
is not there; 3 the platform, or a part that the command needs, does not run.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from cli.local.environment import Installation

FAILED, WRONG, NOTHING_RUNS = 1, 2, 3
NOTHING = "Nothing runs here. Start it with `make run`."
AWAY = "The databases do not answer. Does the platform run? `juxian status` tells."
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for scripts.")]


def installation() -> "Installation":
    """The local installation of this checkout, or of JUXIAN_DATA_DIR, as it runs."""
    from cli.local.environment import Installation

    return Installation.here(running=True)


def running() -> "Installation":
    """The same; ends the command where nothing runs."""
    from cli.local import alone
    from cli.local.places import Places

    places = Places.of()
    if not places.run.is_dir() or not alone.is_held(places.run):
        fail(NOTHING, NOTHING_RUNS)
    return installation()


def is_server() -> bool:
    """Whether this is the real thing, and no local installation."""
    return os.environ.get("JUXIAN_INSTALLATION") == "server"


def settings() -> Mapping[str, str]:
    """The settings of all services: on a server the environment's and its files', else the local installation's.

    Ends the command where its servers are those of a local installation that does not run.
    """
    if is_server():
        from cli import secret_files

        return secret_files.given() | dict(os.environ)
    from cli.local.environment import Installation
    from cli.local.places import Places

    names = [f"JUXIAN_{name}_DATABASE_URL" for name in ("AUTH", "PROFILE", "REVIEW", "NOTIFY")]
    has_own_servers = all(os.environ.get(name) for name in (*names, "JUXIAN_REDIS_URL"))
    # A look must not choose other ports for a platform that runs already.
    return Installation.here(running=Places.of().is_ours).all() if has_own_servers else running().all()


def say(value: object) -> None:
    """Answer a script."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))


def show(rows: Sequence[Mapping[str, object]], *columns: str, empty: str) -> None:
    """Show rows as a table on a terminal, else a line each with tabs between; `empty` where there are none."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not rows:
        typer.echo(empty)
    elif console.is_terminal:
        table = Table(*columns)
        for row in rows:
            table.add_row(*(_cell(row.get(column)) for column in columns))
        console.print(table)
    else:
        for row in rows:
            typer.echo("\t".join(_cell(row.get(column)) for column in columns))


def end_with_list(rows: Sequence[Mapping[str, object]], *columns: str, as_json: bool, empty: str) -> NoReturn:
    """Show what should not be there, and end: with 1 where there is any."""
    if as_json:
        say(rows)
    else:
        show(rows, *columns, empty=empty)
    raise typer.Exit(FAILED if rows else 0)


def end_with_outcomes(outcomes: Mapping[str, str], *, as_json: bool, empty: str) -> NoReturn:
    """Show what became of each id, and end: with 1 where any failed."""
    if as_json:
        say(outcomes)
    else:
        show([{"id": one, "outcome": outcome} for one, outcome in outcomes.items()], "id", "outcome", empty=empty)
    raise typer.Exit(FAILED if any(outcome.startswith("failed") for outcome in outcomes.values()) else 0)


def keep(content: bytes, output: Path | None) -> None:
    """Write an answer to a file, or to standard output where none is named."""
    if output is None:
        typer.get_binary_stream("stdout").write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as trouble:
        fail(f"{output} cannot be written: {trouble.strerror}.", FAILED)
    typer.echo(str(output))


def fail(words: str, code: int) -> NoReturn:
    """Say what is wrong, in one sentence, and end."""
    typer.echo(words, err=True)
    raise typer.Exit(code)


def _cell(value: object) -> str:
    """A value as people read it."""
    return "" if value is None else str(value)
