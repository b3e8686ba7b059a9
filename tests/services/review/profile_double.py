"""Profile as review meets it: a real server on loopback that seals and hands out snapshots, and checks who asks."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aiohttp import web

from shared.kit.identity import verify
from tests.servers import free_port


@dataclass
class Profile:
    """The world that profile knows: snapshots by version, newest versions, what was withdrawn; and what was asked."""

    snapshots: dict[tuple[UUID, int], dict[str, Any]] = field(default_factory=dict)
    changes: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    newest: dict[UUID, int] = field(default_factory=dict)
    withdrawn: set[UUID] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    sealed: list[list[tuple[UUID, int]]] = field(default_factory=list)
    duplicates: dict[str, dict[str, Any]] = field(default_factory=dict)
    is_away: bool = False
    url: str = ""

    def keep(self, submission_id: UUID, version: int, sections: list[dict[str, Any]], scans: object = ()) -> None:
        """Hold a filed version."""
        self.snapshots[submission_id, version] = {
            "submission_id": str(submission_id),
            "version": version,
            "filed_at": "2026-11-16T09:00:00+08:00",
            "sections": sections,
            "scans": list(scans),  # type: ignore[call-overload]  # any sequence of scans
            "content_hash": f"{version:064x}",
        }

    async def seal(self, request: web.Request) -> web.Response:
        """Seal what is the newest and not withdrawn."""
        body = await request.json()
        self.sealed.append([(UUID(item["id"]), item["version"]) for item in body["items"]])
        return web.json_response({"items": [self._verdict(item) for item in body["items"]]})

    def _verdict(self, item: dict[str, Any]) -> dict[str, Any]:
        newest = self.newest.get(UUID(item["id"]), item["version"])
        reason = "withdrawn" if UUID(item["id"]) in self.withdrawn else None
        reason = reason or ("superseded" if newest != item["version"] else None)
        return {"id": item["id"], "sealed": reason is None, "reason": reason, "version": newest}

    async def version(self, request: web.Request) -> web.Response:
        """Give a snapshot."""
        key = UUID(request.match_info["id"]), int(request.match_info["version"])
        return web.json_response(self.snapshots[key]) if key in self.snapshots else web.json_response({}, status=404)

    async def marks(self, _request: web.Request) -> web.Response:
        """Give the check `duplicate` of each scan."""
        return web.json_response(self.duplicates)

    async def change(self, request: web.Request) -> web.Response:
        """Give what a change request changes."""
        return web.json_response(self.changes[UUID(request.match_info["id"])])

    def application(self) -> web.Application:
        """The routes, behind the signed identity."""

        @web.middleware
        async def signed(
            request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
        ) -> web.StreamResponse:
            """Let review in alone; answer nothing while away."""
            caller = verify(request.headers["Authorization"].removeprefix("Bearer "), "profile")
            assert caller.actor == "review"
            self.asked.append(f"{request.method} {request.path}")
            if self.is_away:
                return web.json_response({}, status=503)
            return await handler(request)

        app = web.Application(middlewares=[signed])
        app.router.add_post("/internal/seals", self.seal)
        app.router.add_get("/internal/submissions/{id}/versions/{version}", self.version)
        app.router.add_get("/internal/submissions/{id}/versions/{version}/duplicates", self.marks)
        app.router.add_get("/internal/change-requests/{id}", self.change)
        return app


@asynccontextmanager
async def profile_server() -> AsyncIterator[Profile]:
    """Serve a profile that knows nothing yet."""
    profile, port = Profile(), free_port()
    runner = web.AppRunner(profile.application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    profile.url = f"http://127.0.0.1:{port}"
    yield profile
    await runner.cleanup()
