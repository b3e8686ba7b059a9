"""The API's door: finds a request's route, lets its caller in, and passes it on."""

from collections.abc import Iterable

from services.gateway.actions.admit import admit
from services.gateway.actions.answers import BadMethod, refuse
from services.gateway.actions.carry import carry
from services.gateway.actions.desk import Desk
from services.gateway.rules.routes import Route
from services.gateway.rules.signposts import Signpost, allowed
from services.gateway.schemas import Exchange
from shared.contracts.refusals import Missing


class Api:
    """Serves a table of routes beneath a prefix."""

    def __init__(self, desk: Desk, routes: Iterable[Route], prefix: str) -> None:
        """Plant the signpost."""
        self._desk, self._prefix = desk, prefix
        self._signpost = Signpost(routes)

    async def serve(self, exchange: Exchange, path: str) -> None:
        """Serve a clean path that begins with the prefix. Raises whatever refusal applies."""
        target = path[len(self._prefix) :]
        routes = self._signpost.find(target)
        if not routes:
            raise Missing
        exchange.route = self._prefix + next(iter(routes.values())).path
        allow = (b"allow", allowed(routes).encode())
        if exchange.method == "OPTIONS":
            return await exchange.answer(204, headers=[allow])
        route = routes.get("GET" if exchange.method == "HEAD" else exchange.method)
        if route is None:
            return await refuse(exchange, BadMethod(), (allow,))
        await admit(self._desk, exchange, route)
        return await carry(self._desk, exchange, route, target + self._query(exchange))

    @staticmethod
    def _query(exchange: Exchange) -> str:
        """The query as it came, anything but printable ASCII escaped."""
        raw: bytes = exchange.scope["query_string"]
        return "?" + "".join(chr(b) if 0x20 < b < 0x7F and b != 0x23 else f"%{b:02X}" for b in raw) if raw else ""  # noqa: PLR2004 - "!" to "~" but "#"
