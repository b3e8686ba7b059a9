"""How many processes each worker has: `juxian workers scale`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from cli.answers import NOTHING, NOTHING_RUNS, WRONG, Json, fail, running, say

app = typer.Typer(help="Workers of the running platform.", no_args_is_help=True)


@app.callback()
def workers() -> None:
    """Workers of the running platform."""


@app.command()
def scale(
    settings: Annotated[list[str], typer.Argument(metavar="NAME=N", help="for example worker-scans=4")],
    *,
    as_json: Json = False,
) -> None:
    """Set how many processes a worker has, while the platform runs."""
    from cli.local import knock

    here = running()
    try:
        known = [name for name in knock.programs(here.places) if name.startswith("worker-")]
        counts = _counts(settings, known)
        for name, count in counts.items():
            knock.scale(here.places, name, count)
    except knock.NobodyHomeError as silence:
        fail(f"{NOTHING} {silence}".strip(), NOTHING_RUNS)
    if as_json:
        say(counts)
    else:
        for name, count in counts.items():
            typer.echo(f"{name}: {count}    (with compose: docker compose up -d --scale {name}={count})")


def _counts(settings: Iterable[str], known: list[str]) -> dict[str, int]:
    """How many of each; `scans=2` means worker-scans."""
    counts = {}
    for setting in settings:
        name, _, count = setting.partition("=")
        name = name if name.startswith("worker-") else f"worker-{name}"
        if name not in known or not count.isdecimal():
            fail(f"{setting}: expected NAME=N, where NAME is one of {', '.join(known)}.", WRONG)
        counts[name] = int(count)
    return counts
