"""The outboxes of all services: what has not left yet, and telling something again."""

import asyncio
import os
from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select, update
from sqlmodel import col

from cli.answers import WRONG, Json, end_with_list, end_with_outcomes, fail
from shared.kit.database import Database, Session
from shared.kit.outbox import Outbox

SERVICES = ("auth", "profile", "review", "notify")
MOST = 1000
"""Events that the list shows of one service."""

app = typer.Typer(no_args_is_help=True, help="Events on their way to those who hear them.")


@app.command("list")
def list_waiting(*, as_json: Json = False) -> None:
    """Show the events that wait to be published, the oldest first; usually there are none."""
    end_with_list(waiting(os.environ), "service", "id", "event", "told_at", as_json=as_json, empty="nothing waits")


@app.command()
def replay(
    service: Annotated[str, typer.Argument(help="Who told them: auth, profile, review or notify.")],
    ids: Annotated[list[str], typer.Argument(help="Ids of events of the last seven days.")],
    *,
    as_json: Json = False,
) -> None:
    """Publish events once more. Who has heard one already does nothing, so doing it twice is harmless."""
    if service not in SERVICES:
        fail(f"{service}: expected one of {', '.join(SERVICES)}.", WRONG)
    end_with_outcomes(told_again(os.environ, service, ids), as_json=as_json, empty="nothing to tell")


def waiting(settings: Mapping[str, str]) -> list[dict[str, object]]:
    """The events that no relay has published, by service, the oldest first: never what they say."""
    return [
        {"service": service, "id": str(row.event_id), "event": row.type, "told_at": row.created_at.isoformat()}
        for service in SERVICES
        for row in asyncio.run(_read(_url(settings, service)))
    ]


def told_again(settings: Mapping[str, str], service: str, ids: list[str]) -> dict[str, str]:
    """Let the relay of a service publish these events once more; gives what came of each.

    Who has heard one already does nothing.
    """
    return asyncio.run(_again(_url(settings, service), ids))


def _url(settings: Mapping[str, str], service: str) -> str:
    """Where a service's database is."""
    return settings[f"JUXIAN_{service.upper()}_DATABASE_URL"]


async def _read(url: str) -> list[Outbox]:
    """The rows that wait in one database."""
    database = Database(url, pool_size=1)
    try:
        return await database.read(_waiting)
    finally:
        await database.close()


async def _waiting(session: Session) -> list[Outbox]:
    """The rows not yet on the stream."""
    asked = select(Outbox).where(col(Outbox.published_at).is_(None)).order_by(col(Outbox.id)).limit(MOST)
    return list((await session.execute(asked)).scalars())


async def _again(url: str, ids: list[str]) -> dict[str, str]:
    """One event after the other."""
    database, outcomes = Database(url, pool_size=1), {}
    try:
        for event_id in ids:
            try:
                found = await database.act(_unpublish, UUID(event_id))
                outcomes[event_id] = "told again" if found else "failed: not there any more"
            except ValueError:
                outcomes[event_id] = "failed: no id"
    finally:
        await database.close()
    return outcomes


async def _unpublish(session: Session, event_id: UUID) -> bool:
    """Let a row wait again; False where there is none."""
    waits = update(Outbox).where(col(Outbox.event_id) == event_id).values(published_at=None, stream_id=None)
    return (await session.execute(waits.returning(col(Outbox.id)))).first() is not None
