"""The databases of the services: `juxian db upgrade` and `check`."""

import asyncio
import os
from typing import Annotated

import typer

from cli.answers import FAILED, WRONG, Json, fail, say, settings, show

app = typer.Typer(help="The databases of the services.", no_args_is_help=True)
Service = Annotated[str | None, typer.Argument(help="auth, profile, review or notify; else all.")]


@app.callback()
def db() -> None:
    """The databases of the services."""


@app.command()
def upgrade(service: Service = None, *, as_json: Json = False) -> None:
    """Bring every service's database, or one, to its newest revision."""
    from cli import migrations

    services = _named(service)
    upgraded = migrations.upgrade_all(settings(), services)
    if as_json:
        say({"upgraded": upgraded})
    else:
        typer.echo(f"upgraded: {', '.join(upgraded)}" if upgraded else "all at the newest revision")


@app.command()
def check(service: Service = None, *, as_json: Json = False) -> None:
    """Say whether every database, or one, is at its newest revision and like its models."""
    from cli import migrations

    services = _named(service)
    wrong = migrations.check_all(settings(), services)
    if as_json:
        say(wrong)
    else:
        rows = [{"service": name, "what": words} for name, words in wrong.items()]
        show(rows, "service", "what", empty="all at the newest revision, and like their models")
    raise typer.Exit(FAILED if wrong else 0)


@app.command("renew-keys")
def renew_keys(*, as_json: Json = False) -> None:
    """Wrap every person's key by the newest of JUXIAN_MASTER_KEYS; then the older ones may go."""
    from cli import migrations

    given = settings()
    os.environ.update(given)
    renewed = {
        name: asyncio.run(_renewed(given[f"JUXIAN_{name.upper()}_DATABASE_URL"])) for name in migrations.SERVICES
    }
    if as_json:
        say(renewed)
    else:
        typer.echo(f"wrapped by the newest master key: {', '.join(f'{name} {n}' for name, n in renewed.items())}")


async def _renewed(url: str) -> int:
    """Renew all keys of one database, some hundreds at a time; gives how many."""
    from shared.kit.database import Database
    from shared.kit.vault import vault

    database, total = Database(url, pool_size=1), 0
    try:
        while count := await database.act(vault().renew):
            total += count
    finally:
        await database.close()
    return total


def _named(service: str | None) -> tuple[str, ...]:
    """The services that are meant."""
    from cli import migrations

    if service is not None and service not in migrations.SERVICES:
        fail(f"{service}: expected one of {', '.join(migrations.SERVICES)}.", WRONG)
    return (service,) if service else migrations.SERVICES
