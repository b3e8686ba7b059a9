"""Door 4: an operator's commands: `juxian audit verify`, and what `juxian export` writes."""

import asyncio
import json
from typing import Annotated, Literal
from uuid import UUID

import typer

from services.review import actions
from services.review.queries import Tampered, removed_cases, tampering_in
from services.review.settings import settings
from shared.kit.database import Database

app = typer.Typer(no_args_is_help=True, help="Audit: is the history of every case as it was written?")
CHUNK = 500
WORDS = {
    "altered": "was altered",
    "removed": "is gone",
    "inserted": "was inserted",
    "unlinked": "does not follow the entry before it: one of the two was replaced",
    "head_altered": "the case's own note of its history was altered",
    "case_altered": "the case does not stand where its history brought it",
    "case_removed": "the case is gone",
}


@app.callback()
def audit() -> None:
    """Say whether the history of every case is as it was written."""


@app.command()
def verify(
    case: Annotated[UUID | None, typer.Option(help="Check one case alone.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON, for scripts.")] = False,
    chunk: Annotated[int, typer.Option(min=1, help="Cases read at a time.")] = CHUNK,
) -> None:
    """Check the chain of hashes of every case: any edit, deletion, insertion or cut is found and named.

    Ends with 1 where something does not hold, with 2 where there is no such case.
    """
    found, checked = asyncio.run(verified(case, chunk))
    if as_json:
        told = {"checked": checked, "findings": [_told(one) for one in found]}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        for one in found:
            typer.echo(_said(one), err=True)
        typer.echo(f"{checked} cases checked, {len({one.case_id for one in found})} tampered with.")
    if found:
        raise typer.Exit(1)
    if case is not None and not checked:
        raise typer.Exit(2)


async def verified(case_id: UUID | None, chunk: int = CHUNK) -> tuple[list[Tampered], int]:
    """Walk over all cases, or look at one: what was found, and how many were checked."""
    database = Database(settings().database_url, pool_size=1, statement_timeout=60_000)
    found, checked, last = list[Tampered](), 0, None
    try:
        while True:
            some, seen, last = await database.read(tampering_in, last, chunk, case_id)
            found, checked = found + some, checked + seen
            if seen < chunk:
                gone = await database.read(removed_cases)
                return found + [one for one in gone if case_id in {None, one.case_id}], checked
    finally:
        await database.close()


async def exported(tier: str, form: Literal["xlsx", "csv", "json"], programme: str | None) -> bytes:
    """The cases of a tier as a file (`actions.export_tier`)."""
    database = Database(settings().database_url, pool_size=1, statement_timeout=60_000)
    try:
        return await database.act(actions.export_tier, tier, form, programme, "zh")
    finally:
        await database.close()


def _told(one: Tampered) -> dict[str, object]:
    """A finding for scripts."""
    finding = one.finding
    entry_id = str(finding.entry_id) if finding.entry_id else None
    return {
        "case_id": str(one.case_id), "number": one.number, "seq": finding.seq, "entry_id": entry_id,
        "what": finding.what,
    }  # fmt: skip


def _said(one: Tampered) -> str:
    """A finding for people."""
    finding = one.finding
    which = f" (row {finding.entry_id})" if finding.entry_id else ""
    is_of_case = finding.what in {"head_altered", "case_altered", "case_removed"}
    place = "" if is_of_case else f"entry {finding.seq}{which} "
    return f"{one.case_id} {one.number}: {place}{WORDS[finding.what]}"
