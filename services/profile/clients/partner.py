"""The partner that people share with: told by signed messages, at an address that was looked up and judged once.

Messages are signed as Standard Webhooks are: HMAC-SHA-256 over `id.timestamp.body`, in base64 after `v1,`.
"""

import asyncio
import base64
import hashlib
import hmac
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from services.profile.rules.addresses import Target, UnsafeAddress, check_addresses, target

PATIENCE = aiohttp.ClientTimeout(total=10, connect=5)
AWAY = (aiohttp.ClientError, OSError, TimeoutError)
Lookup = Callable[[str, int], Awaitable[Sequence[str]]]


class PartnerAway(Exception):  # noqa: N818 - how it answered, not an error of ours
    """The partner did not take the message; the cause is a code that holds nothing personal."""


class _Pinned(AbstractResolver):
    """Gives the addresses that were judged, whatever a name server says meanwhile."""

    def __init__(self, addresses: Sequence[str]) -> None:
        """Keep them."""
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The judged addresses."""
        del family
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses
        ]

    async def close(self) -> None:
        """Nothing to close."""


async def look_up(host: str, port: int) -> Sequence[str]:
    """Every address of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def signature(secret: str, message_id: str, at: int, body: bytes) -> str:
    """The signature of a message."""
    signed = b".".join((message_id.encode(), str(at).encode(), body))
    return "v1," + base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


async def tell_partner(
    url: str,
    secret: str,
    message_id: str,
    at: int,
    body: bytes,
    *,
    may_be_local: bool = False,
    lookup: Lookup = look_up,
) -> None:
    """Send one signed message; any 2xx is a yes. Raises PartnerAway where it was not taken, or may not be sent.

    The host is looked up once, and the connection goes to those very addresses; redirects are not followed, and no
    proxy of the environment is asked.
    """
    try:
        place = target(url, may_be_local=may_be_local)
        addresses = check_addresses(await lookup(place.host, place.port), is_local=place.is_local)
    except UnsafeAddress as error:
        raise PartnerAway(f"unsafe_{error}") from error
    except OSError as error:
        raise PartnerAway("unknown_host") from error
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(at),
        "webhook-signature": signature(secret, message_id, at, body),
    }
    status = await _post(place, addresses, headers, body)
    if not 200 <= status < 300:  # noqa: PLR2004 - the family of yes
        raise PartnerAway(f"answered_{status}")


async def _post(place: Target, addresses: Sequence[str], headers: dict[str, str], body: bytes) -> int:
    """Send it; gives the status, and reads nothing of the answer."""
    connector = aiohttp.TCPConnector(resolver=_Pinned(addresses), use_dns_cache=False, force_close=True)
    given: dict[str, Any] = {"timeout": PATIENCE, "trust_env": False, "auto_decompress": False}
    try:
        async with (
            aiohttp.ClientSession(connector=connector, **given) as session,
            session.post(place.url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            return answer.status
    except AWAY as error:
        raise PartnerAway(type(error).__name__) from error
