"""Door 4: an operator's commands: `juxian review verify-history`."""

import asyncio
from typing import Annotated

import typer

from services.review.queries import broken_histories
from services.review.settings import settings
from shared.kit.database import Database

app = typer.Typer(no_args_is_help=True, help="Review: is the history of the cases whole?")


@app.callback()
def review() -> None:
    """Say whether the history of the cases is whole."""


@app.command()
def verify_history(chunk: Annotated[int, typer.Option(help="Cases read at a time.")] = 500) -> None:
    """Check the hash chain of every case; name the first entry that does not hold, and end with 1 where one is."""
    broken, checked = asyncio.run(_verify(chunk))
    for case_id, seq in broken:
        typer.echo(f"{case_id}: entry {seq} was altered, removed or inserted", err=True)
    typer.echo(f"{checked} cases checked, {len(broken)} broken.")
    if broken:
        raise typer.Exit(1)


async def _verify(chunk: int) -> tuple[list[tuple[str, int]], int]:
    """Walk over all cases."""
    database = Database(settings().database_url, pool_size=1)
    broken, checked, last = list[tuple[str, int]](), 0, None
    try:
        while True:
            found, seen, last = await database.read(broken_histories, last, chunk)
            broken += [(str(case_id), seq) for case_id, seq in found]
            checked += seen
            if seen < chunk:
                return broken, checked
    finally:
        await database.close()
