"""`juxian doctor`: what an installation needs, line by line, and what to do."""

import asyncio
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from cli.answers import FAILED, Json, installation, say

if TYPE_CHECKING:
    from cli.local.doctor import Finding
    from cli.local.environment import Installation

TIERS = "tiers without an organization"
LAWS = "laws of the kept data"


def doctor(*, as_json: Json = False) -> None:
    """Look at what a local installation needs, and say what to do."""
    findings = list(_findings(installation()))
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
    for what, look in ((TIERS, _tiers), (LAWS, _laws)):
        if rests(here):
            yield Finding(what, well=True, words=LATER)
            continue
        try:
            well, words = look(here.all())
        except Exception as trouble:  # noqa: BLE001 - whatever it is, it is the finding
            well, words = False, str(trouble) or type(trouble).__name__
        yield Finding(what, well, words)


def _tiers(settings: dict[str, str]) -> tuple[bool, str]:
    """Tiers that nobody holds."""
    os.environ.update(settings)
    from services.auth.commands import gaps

    found = asyncio.run(gaps(settings["JUXIAN_AUTH_DATABASE_URL"]))
    words = f"nobody holds {'; '.join(found)}: make or enable an organization there, or nobody can file"
    return not found, words if found else "none"


def _laws(settings: dict[str, str]) -> tuple[bool, str]:
    """What must hold of the kept data."""
    from cli.invariants import SERVICES, broken

    found, looked = broken({name: settings[f"JUXIAN_{name.upper()}_DATABASE_URL"] for name in SERVICES})
    words = "; ".join(f"{law.service}: {law.law}, but for {', '.join(law.ids)}" for law in found)
    return not found, f"{words} (docs/reliability.md)" if found else f"all {looked} hold"
