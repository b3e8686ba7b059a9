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
    if rests(here):
        yield Finding(TIERS, well=True, words=LATER)
        return
    settings = here.all()
    os.environ.update(settings)
    from services.auth.commands import gaps

    try:
        found = asyncio.run(gaps(settings["JUXIAN_AUTH_DATABASE_URL"]))
    except Exception as trouble:  # noqa: BLE001 - whatever it is, it is the finding
        yield Finding(TIERS, well=False, words=str(trouble) or type(trouble).__name__)
        return
    words = f"nobody holds {'; '.join(found)}: make or enable an organization there, or nobody can file"
    yield Finding(TIERS, well=not found, words=words if found else "none")
