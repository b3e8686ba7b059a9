"""`juxian audit verify`: the histories of cases, which review keeps, and the audit trail, which auth keeps."""

import asyncio
import json
from contextlib import redirect_stdout
from io import StringIO
from typing import TypedDict

import typer

from services.auth.actions.trail_head import verified_trail
from services.auth.settings import settings
from services.review.commands import app
from shared.kit.database import Database

WORDS = {
    "altered": "was altered, removed or inserted",
    "cut": "was the newest once, and is not there any more: the trail was cut",
    "forged": "cannot be checked: the note of the trail's end was altered",
}


class Trail(TypedDict):
    """What came of checking the audit trail."""

    checked: int
    findings: list[dict[str, object]]


def run(args: list[str], name: str) -> int:
    """Do what the words say; where every case is verified, the trail is too. Gives the exit code."""
    said = StringIO()
    with redirect_stdout(said):
        code = app(args=args, prog_name=name, standalone_mode=False) or 0
    if args[:1] != ["verify"] or {"--help", "--case"} & {word.partition("=")[0] for word in args}:
        typer.echo(said.getvalue(), nl=False)
        return int(code)
    trail = asyncio.run(_trail())
    if "--json" in args:
        typer.echo(json.dumps({**json.loads(said.getvalue()), "trail": trail}, ensure_ascii=False))
    else:
        typer.echo(said.getvalue(), nl=False)
        for finding in trail["findings"]:
            typer.echo(f"audit trail: entry {finding['position']} {WORDS[str(finding['what'])]}", err=True)
        typer.echo(f"{trail['checked']} entries of the audit trail checked, {len(trail['findings'])} broken.")
    return 1 if trail["findings"] else int(code)


async def _trail() -> Trail:
    """Check the whole trail."""
    database = Database(settings().database_url, pool_size=1, statement_timeout=60_000)
    try:
        found, checked = await verified_trail(database)
    finally:
        await database.close()
    return {"checked": checked, "findings": [{"position": place, "what": what} for place, what in found]}
