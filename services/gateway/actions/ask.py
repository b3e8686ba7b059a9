"""Asks a service and reads its whole answer, for what the door itself shows: pages, readiness, documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from services.gateway.actions.cookies import device_mark
from services.gateway.actions.desk import Desk
from services.gateway.clients import Call
from services.gateway.schemas import Exchange, visitor
from shared.contracts.identity import Caller, ServiceName
from shared.contracts.refusals import Unavailable
from shared.kit.identity import sign

Json = Any
NOBODY = Caller(actor="gateway")
FILES = "application/vnd."
"""Media types that are no JSON, and are handed over as they are: spreadsheets."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A body that is no JSON: its media type, and its bytes."""

    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """A service's whole answer: JSON, or a file's bytes."""

    status: int
    content: Json
    headers: Mapping[str, str]


async def ask(
    desk: Desk,
    service: ServiceName,
    method: str,
    path: str,
    *,
    body: Mapping[str, object] | Packed | None = None,
    caller: Caller = NOBODY,
    request_id: str = "",
    told: Mapping[str, str] | None = None,
) -> Reply:
    """Send JSON, or what is packed already, and read JSON; Unavailable where the service is away or talks nonsense.

    `told`: further headers.
    """
    packed = body if isinstance(body, Packed | None) else Packed("application/json", orjson.dumps(body))
    content = packed.content if packed else None
    headers = {
        "authorization": f"Bearer {sign(caller, service)}",
        "accept-language": caller.language,
        "x-request-id": request_id,
        **(told or {}),
    }
    if packed is not None:
        headers |= {"content-type": packed.media_type, "content-length": str(len(packed.content))}
    async with await desk.services.send(Call(service, method, path, headers, content, method == "GET")) as answer:
        raw = await answer.read()
    if answer.headers.get("content-type", "").startswith(FILES):
        return Reply(answer.status, raw, answer.headers)
    try:
        return Reply(answer.status, orjson.loads(raw) if raw else None, answer.headers)
    except orjson.JSONDecodeError as error:
        raise Unavailable(members={"part": service}, retry_after=3) from error


async def ask_for(
    desk: Desk,
    exchange: Exchange,
    service: ServiceName,
    method: str,
    path: str,
    body: Mapping[str, object] | Packed | None = None,
    also: Mapping[str, str] | None = None,
) -> Reply:
    """The same on behalf of the one whose request this is, and from their device."""
    session, address, language = exchange.session, exchange.client, exchange.language
    caller = session.caller(address, language) if session else visitor(address, language)
    told = device_mark(desk.settings, exchange) | dict(also or {})
    if agent := exchange.header(b"user-agent"):
        told["user-agent"] = "".join(sign for sign in agent if " " <= sign <= "~")
    return await ask(desk, service, method, path, body=body, caller=caller, request_id=exchange.request_id, told=told)
