"""`juxian doctor`: what an installation needs, line by line, and what to do."""

import asyncio
import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import typer

from cli.answers import FAILED, Json, installation, is_server, say, settings

if TYPE_CHECKING:
    from cli.local.doctor import Finding
    from cli.local.environment import Installation

TIERS = "tiers without an organization"
LAWS = "laws of the kept data"


def doctor(*, as_json: Json = False) -> None:
    """Look at what a local installation needs, and say what to do; on a server, at the data alone."""
    findings = list(_of_data(settings()) if is_server() else _findings(installation()))
    if as_json:
        say([{"what": f.what, "well": f.well, "words": f.words} for f in findings])
    else:
        for finding in findings:
            mark = typer.style("ok ", fg="green") if finding.well else typer.style("do ", fg="red")
            typer.echo(f"{mark} {finding.what}: {finding.words}")
    raise typer.Exit(0 if all(finding.well for finding in findings) else FAILED)


def _findings(here: "Installation") -> Iterator["Finding"]:
    """What the machine needs; then, while it runs, what its data lack."""
    from cli.local.doctor import LATER, Finding, examine, rests

    yield from examine(here)
    if rests(here):
        yield from (Finding(what, well=True, words=LATER) for what in (TIERS, LAWS))
    else:
        yield from _of_data(here.all())


def _of_data(given: Mapping[str, str]) -> Iterator["Finding"]:
    """What the data lack, and where they do not agree."""
    from cli.local.doctor import Finding

    for what, look in ((TIERS, _tiers), (LAWS, _laws)):
        try:
            well, words = look(given)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, it is the finding
            well, words = False, str(trouble) or type(trouble).__name__
        yield Finding(what, well, words)


def _tiers(given: Mapping[str, str]) -> tuple[bool, str]:
    """Tiers that nobody holds."""
    os.environ.update(given)
    from services.auth.commands import gaps

    found = asyncio.run(gaps(given["JUXIAN_AUTH_DATABASE_URL"]))
    words = f"nobody holds {'; '.join(found)}: make or enable an organization there, or nobody can file"
    return not found, words if found else "none"


def _laws(given: Mapping[str, str]) -> tuple[bool, str]:
    """What must hold of the kept data."""
    from cli.invariants import SERVICES, broken

    found, looked = broken({name: given[f"JUXIAN_{name.upper()}_DATABASE_URL"] for name in SERVICES})
    words = "; ".join(f"{law.service}: {law.law}, but for {', '.join(law.ids)}" for law in found)
    return not found, f"{words} (docs/reliability.md)" if found else f"all {looked} hold"
