"""Door 4: an operator's commands: `juxian scans show` and `juxian scans reprocess`."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar
from uuid import UUID

import typer

from services.profile.actions.reprocess import Choice, reprocess
from services.profile.queries.scan_steps import scan_steps
from services.profile.scanning import ALL_STEPS
from services.profile.settings import settings
from shared.contracts.refusals import Missing, Refusal
from shared.kit.database import Database
from shared.kit.texts import translate

app = typer.Typer(no_args_is_help=True, help="Scans: how their steps went, and running them again.")
Answer = TypeVar("Answer")
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for scripts.")]


@app.callback()
def scans() -> None:
    """Scans: how their steps went, and running them again."""


@app.command()
def show(scan: Annotated[UUID, typer.Argument(help="The scan's id.")], *, as_json: Json = False) -> None:
    """Show how each step of a scan went, and how long it took."""
    found = _run(lambda database: database.read(scan_steps, scan))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    typer.echo("  ".join(found[name] for name in ("scan_id", "purpose", "status", "code") if found[name]))
    for step in found["steps"]:
        typer.echo(f"  {step['step']:<12} {step['outcome']:<9} {step['milliseconds']} ms")


@app.command("reprocess")
def reprocess_scans(
    scan: Annotated[list[UUID] | None, typer.Option(help="A scan; may be given several times.")] = None,
    from_step: Annotated[str, typer.Option("--from", help=f"The first step: {', '.join(ALL_STEPS)}.")] = ALL_STEPS[0],
    *,
    failed: Annotated[bool, typer.Option("--failed", help="All that failed for reasons of ours.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every scan that is ready.")] = False,
    as_json: Json = False,
) -> None:
    """Run scans again from a step. What people have seen of a ready scan stays until the new is there."""
    if bool(scan) + failed + everything != 1:
        typer.echo("Say which: --scan ID, --failed, or --all.", err=True)
        raise typer.Exit(2)
    choice = Choice(tuple(scan or ()), failed=failed, from_step=from_step)
    count = _run(lambda database: database.act(reprocess, choice))
    told = {"scans": count, "from": from_step}
    typer.echo(json.dumps(told) if as_json else f"{count} scans will be run again from {from_step}.")


def _run(work: Callable[[Database], Awaitable[Answer]]) -> Answer:
    """Work with profile's database; a refusal is said in words, and ends the command with 1."""

    async def connected() -> Answer:
        """The work, with a connection that is given back."""
        database = Database(settings().database_url, pool_size=1)
        try:
            return await work(database)
        finally:
            await database.close()

    try:
        return asyncio.run(connected())
    except Missing as unknown:
        typer.echo("There is no scan with that id.", err=True)
        raise typer.Exit(2) from unknown
    except Refusal as refusal:
        typer.echo(translate(refusal.sentence, "en", **refusal.values), err=True)
        raise typer.Exit(1) from refusal
