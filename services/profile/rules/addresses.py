"""Which addresses the platform may call in the outside world: public ones, by https; never its own neighbourhood."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
# IPv4 addresses in other clothes: translated (RFC 6052, RFC 8215), 6to4, Teredo, compatible, and ISATAP's like.
_DISGUISES = tuple(
    IPv6Network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0/96")
)


class UnsafeAddress(Exception):  # noqa: N818 - what it is, not an error of ours
    """The platform does not call there."""


class Target(NamedTuple):
    """Where a call goes: the address as it was written, its host and port, and whether loopback is meant."""

    url: str
    host: str
    port: int
    is_local: bool


def target(url: str, *, may_be_local: bool) -> Target:
    """Read an address.

    Raises UnsafeAddress for any but https, for credentials in it, and for one without a host; where `may_be_local`
    (an installation on one machine, for trying out) a loopback name is taken, by plain http too.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise UnsafeAddress("unreadable") from error
    is_local = may_be_local and host in LOCAL
    if parts.scheme != "https" and not (is_local and parts.scheme == "http"):
        raise UnsafeAddress("scheme")
    if not host or parts.username is not None or parts.password is not None:
        raise UnsafeAddress("host")
    return Target(url, host, port or (443 if parts.scheme == "https" else 80), is_local)


def check_addresses(found: Sequence[str], *, is_local: bool) -> list[str]:
    """The addresses that a host resolved to. Raises UnsafeAddress unless every one may be called."""
    addresses = [ip_address(text.partition("%")[0]) for text in found]
    for address in addresses:
        if not (address.is_loopback if is_local else is_public(address)):
            raise UnsafeAddress("address")
    if not addresses:
        raise UnsafeAddress("nowhere")
    return [str(address) for address in addresses]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address lies in the open internet, and is one machine's."""
    if isinstance(address, IPv6Address) and any(address in disguise for disguise in _DISGUISES):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
