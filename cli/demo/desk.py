"""Somebody of the demo world at work: calls the services as the gateway would, signed, in that person's name."""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import aiohttp

from shared.contracts.identity import Caller, Role, ServiceName
from shared.kit.identity import sign
from shared.kit.settings import common

PATIENCE = 90.0
AGAIN = 0.4
Json = Any


class DemoFailedError(Exception):
    """A service did not answer as the demo world expected."""


class Desk:
    """One account's calls; each is tried again while a service is still coming up."""

    def __init__(self, account_id: UUID, *roles: Role, organization_id: UUID | None = None) -> None:
        """Keep in whose name it is called."""
        self.caller = Caller("gateway", account_id, frozenset(roles), organization_id)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open connections."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close them."""
        if self._session is not None:
            await self._session.close()

    async def get(self, service: ServiceName, path: str) -> Json:
        """Read."""
        return await self.call(service, "GET", path)

    async def call(
        self, service: ServiceName, method: str, path: str, body: object = None, form: aiohttp.FormData | None = None
    ) -> Json:
        """Call once, and again while the service is away; gives the JSON of a good answer."""
        assert self._session is not None, "a desk is used inside `async with`"  # noqa: S101 - a slip in this file alone
        url = str(getattr(common(), f"{service}_url")) + path
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            headers = {"Authorization": f"Bearer {sign(self.caller, service)}"}
            try:
                async with self._session.request(method, url, json=body, data=form, headers=headers) as answer:
                    if answer.status < 300:  # noqa: PLR2004 - the HTTP class of success
                        return await answer.json() if answer.content_length != 0 else None
                    if answer.status != 503:  # noqa: PLR2004 - a part that is not there yet
                        raise DemoFailedError(f"{method} {path}: {answer.status} {(await answer.text())[:500]}")
            except aiohttp.ClientConnectionError as error:
                if asyncio.get_running_loop().time() > deadline:
                    raise DemoFailedError(f"{service} does not answer") from error
            if asyncio.get_running_loop().time() > deadline:
                raise DemoFailedError(f"{service} is not ready")
            await asyncio.sleep(AGAIN)

    async def upload(self, content: bytes, name: str, purpose: str) -> str:
        """Upload a scan; gives its id at once, before it has been processed."""
        form = aiohttp.FormData()
        form.add_field("purpose", purpose)
        form.add_field("file", content, filename=name)
        answer = await self.call("profile", "POST", "/scans", form=form)
        return str(answer["scan_id"])

    async def when_ready(self, scan_ids: Mapping[str, str]) -> None:
        """Wait until every scan has been processed."""
        for scan_id in scan_ids.values():
            await until(self._is_processed, scan_id)

    async def _is_processed(self, scan_id: str) -> bool:
        """Whether the scan is ready; a rejected one of ours is a fault."""
        scan = await self.get("profile", f"/scans/{scan_id}")
        if scan["status"] == "rejected":
            raise DemoFailedError(f"the demo's own scan was rejected: {scan}")
        return bool(scan["status"] == "ready")


async def until(condition: Any, *args: object) -> None:  # noqa: ANN401 - any async predicate
    """Ask until the condition holds, a minute and a half at most."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not await condition(*args):
        if asyncio.get_running_loop().time() > deadline:
            raise DemoFailedError(f"{getattr(condition, '__name__', condition)} did not come true")
        await asyncio.sleep(AGAIN)
