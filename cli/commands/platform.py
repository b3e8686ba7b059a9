"""The platform on this machine: `juxian up`, `status`, `logs`, `down` and `reset`."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cli.answers import FAILED, NOTHING, NOTHING_RUNS, WRONG, Json, fail, running, say


def up(
    only: Annotated[str | None, typer.Option(help="Start these alone, with commas between: gateway,auth.")] = None,
    *,
    demo: Annotated[bool | None, typer.Option("--demo/--no-demo", help="As JUXIAN_DEMO; on by default.")] = None,
    tied: Annotated[bool, typer.Option("--tied", hidden=True)] = False,
) -> None:
    """Start the whole platform on this machine, in the foreground; Ctrl-C stops it."""
    from cli.local.foreground import start
    from cli.local.roster import roster

    if demo is not None:
        os.environ["JUXIAN_DEMO"] = "on" if demo else "off"
    names = [name.strip() for name in only.split(",")] if only else []
    known = [process.name for process in roster(apart=os.environ.get("JUXIAN_WORKERS") == "apart")]
    if unknown := [name for name in names if name not in known]:
        fail(f"{unknown[0]}: no process has that name; there are {', '.join(known)}.", WRONG)
    raise typer.Exit(start(tied=tied, only=frozenset(names)))


def status(*, as_json: Json = False) -> None:
    """Show the processes of the running platform, and what is not ready."""
    from cli.local import knock, parts, tables, welcome

    here = running()
    try:
        found, meant = knock.processes(here.places), knock.programs(here.places)
    except knock.NobodyHomeError:
        fail(NOTHING, NOTHING_RUNS)
    readiness = parts.ask(here.host, here.port)
    if as_json:
        say({**tables.as_told(found, meant, readiness), "addresses": welcome.addresses(here)})
    else:
        tables.show(found, meant, readiness)
    raise typer.Exit(0 if readiness.ready else FAILED)


def logs(
    name: Annotated[str | None, typer.Argument(help="A process, as `juxian status` names it; else all.")] = None,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="So many of the last lines of each.")] = 20,
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    as_json: Json = False,
) -> None:
    """Show what the processes wrote last, also after the platform was stopped."""
    from cli.local import logs as files
    from cli.local.places import Places

    folder = Places.of().logs
    known = sorted(path.stem for path in folder.glob("*.log"))
    if name is not None and name not in known:
        fail(f"{name}: no log has that name; there are {', '.join(known) or 'none'}.", WRONG)
    wanted = [name] if name else known
    if as_json:
        say({one: files.tail(folder / f"{one}.log", lines).splitlines() for one in wanted})
        return
    for one in wanted:
        for line in files.tail(folder / f"{one}.log", lines).splitlines():
            typer.echo(_marked(one, line, wanted))
    if follow:
        for one, line in files.following([folder / f"{name}.log" for name in wanted]):
            typer.echo(_marked(one, line, wanted))


def _marked(name: str, line: str, wanted: Sequence[str]) -> str:
    """The line with its process, where there are several."""
    return line if len(wanted) == 1 else f"{name}: {line}"


def down(*, as_json: Json = False) -> None:
    """Stop the platform that runs with this data folder, cleanly; the data stay."""
    from cli.local import alone

    here = running()
    pid = alone.holder(here.places.run)
    if pid is None:
        fail(NOTHING, NOTHING_RUNS)
    if not alone.end(here.places.run, pid):
        fail(f"The runner (process {pid}) does not end; Ctrl-C in its terminal twice, or kill it.", FAILED)
    if as_json:
        say({"stopped": pid})
    else:
        typer.echo("Stopped. The data stay; `juxian reset --yes` deletes them.")


def reset(
    *, yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False, as_json: Json = False
) -> None:
    """Delete all data of the local installation: databases, files, secrets and logs. There is no way back."""
    from cli.local import alone
    from cli.local.places import Places

    places = Places.of()
    if not places.is_ours:
        fail(f"{places.data} holds no data of the platform.", WRONG)
    if alone.is_held(places.run):
        fail("The platform runs; stop it first: `juxian down`.", FAILED)
    if not yes and not _agreed(places.data):
        fail("Nothing was deleted. Say --yes to delete everything.", WRONG)
    places.remove()
    if as_json:
        say({"deleted": str(places.data)})
    else:
        typer.echo(f"Deleted {places.data}.")


def _agreed(folder: Path) -> bool:
    """Whether somebody at a terminal says so."""
    return typer.get_text_stream("stdin").isatty() and typer.confirm(f"Delete everything in {folder}?", default=False)
