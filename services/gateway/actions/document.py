"""The public OpenAPI document: merged from the services' own, by the table of routes."""

import asyncio
from collections.abc import Iterable
from typing import Any

from services.gateway.actions.ask import ask
from services.gateway.actions.desk import Desk, urls_of
from services.gateway.rules.openapi import merge
from services.gateway.rules.routes import Route
from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Unavailable

Document = dict[str, Any]


class Library:
    """Keeps the merged document once every service has told its part."""

    def __init__(self, desk: Desk, routes: Iterable[Route]) -> None:
        """Nothing is asked yet."""
        self._desk, self._routes = desk, tuple(routes)
        self._document: Document | None = None

    async def document(self) -> Document:
        """The document; Unavailable while a service has never been reached."""
        if self._document is None:
            parts = await asyncio.gather(*(self._part(name) for name in urls_of(self._desk.settings)))
            self._document = merge(self._routes, dict(parts))
        return self._document

    async def _part(self, name: ServiceName) -> tuple[str, Document]:
        """One service's own document."""
        reply = await ask(self._desk, name, "GET", "/openapi.json")
        if reply.status != 200:  # noqa: PLR2004 - OK
            raise Unavailable(members={"part": name}, retry_after=3)
        return name, reply.content
