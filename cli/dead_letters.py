"""Dead letters of all services: what lies aside, and answering it again."""

import asyncio
import getpass
import os
from collections.abc import Mapping
from importlib import import_module
from uuid import UUID

from shared.kit.database import Database
from shared.kit.deadletters import DeadEvent, dead_events
from shared.kit.inbox import replay

SERVICES = ("auth", "profile", "review", "notify")


def listed(settings: Mapping[str, str]) -> list[dict[str, object]]:
    """Everything that lies aside, by service: id, event, deliveries, reason and time."""
    return [_shown(service, event) for service in SERVICES for event in asyncio.run(_events(_url(settings, service)))]


def replayed(settings: Mapping[str, str], service: str, ids: list[str]) -> dict[str, str]:
    """Answer those events of a service again; gives what came of each. Raises LookupError for an unknown service."""
    if service not in SERVICES:
        raise LookupError(service)
    os.environ.update(settings)
    url = _url(settings, service)
    if ids == ["all"]:
        ids = [str(event.id) for event in asyncio.run(_events(url))]
    return asyncio.run(_replay(url, service, ids))


def _url(settings: Mapping[str, str], service: str) -> str:
    """Where a service's database is."""
    return settings[f"JUXIAN_{service.upper()}_DATABASE_URL"]


def _shown(service: str, event: DeadEvent) -> dict[str, object]:
    """An event as operators see it: never its payload."""
    return {
        "service": service, "id": str(event.id), "event": event.body.get("type", "unreadable"),
        "deliveries": event.deliveries, "reason": event.error, "dead_at": event.dead_at.isoformat(),
    }  # fmt: skip


async def _events(url: str) -> list[DeadEvent]:
    """What lies aside in one database."""
    database = Database(url, pool_size=1)
    try:
        return await database.read(dead_events)
    finally:
        await database.close()


async def _replay(url: str, service: str, ids: list[str]) -> dict[str, str]:
    """Answer one event after the other; one that fails leaves the others."""
    hears = import_module(f"services.{service}.events").HEARS
    database, outcomes = Database(url, pool_size=1), {}
    try:
        for row_id in ids:
            try:
                done = await database.act(replay, service, hears, UUID(row_id), getpass.getuser())
                outcomes[row_id] = "answered" if done else "was answered before"
            except Exception as error:  # noqa: BLE001 - the operator is told, whatever it is
                outcomes[row_id] = f"failed: {type(error).__name__}"
    finally:
        await database.close()
    return outcomes
