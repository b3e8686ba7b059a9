"""`juxian up`: checks that this installation may start, and runs it until it is told to stop."""

import asyncio
import os
import signal
from collections.abc import Collection

from rich.console import Console

from cli.local import alone, ports
from cli.local.environment import Installation
from cli.local.places import Places
from cli.local.tether import die_with_parent


def start(*, tied: bool, only: Collection[str] = ()) -> int:
    """Runs the platform in the foreground and returns the exit code.

    `tied` ends it, cleanly, when the parent process ends: `make run` may be killed. `only` names the processes that
    are started; none: all.
    """
    console = Console()
    if tied:
        die_with_parent(signal.SIGTERM, os.getppid())
    places = Places.of()
    try:
        places.make()
        with alone.held(places.run):
            return _run(console, places, only)
    except alone.AlreadyRunningError as other:
        console.print(f"Juxian runs already with the data in {places.data} (process {other}).", highlight=False)
        console.print("A second one beside it: JUXIAN_DATA_DIR=.data-2 JUXIAN_PORT=8010 make run", highlight=False)
    except PermissionError as closed:
        console.print(f"[bold red]No access:[/] {closed}", highlight=False)
    return 1


def _run(console: Console, places: Places, only: Collection[str]) -> int:
    if count := alone.end_leftovers(places.mark):
        console.print(f"Ended {count} processes that a killed runner had left behind.", style="dim")
    installation = Installation.here()
    if not ports.is_free(installation.port, installation.host):
        console.print(f"Port {installation.port} is taken by another program.", style="bold red", highlight=False)
        console.print(f"Choose another: JUXIAN_PORT={installation.port + 10} make run", highlight=False)
        return 1
    installation.remember()
    return asyncio.run(_until_stopped(installation, console, only))


async def _until_stopped(installation: Installation, console: Console, only: Collection[str]) -> int:
    from cli.local.up import Runner

    return await Runner(installation, console, only).run()
