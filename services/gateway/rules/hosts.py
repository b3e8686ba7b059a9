"""Which hosts and addresses are ours: the Host header, loopback names, proxies that we trust."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
DEFAULT_PORTS = {"http": 80, "https": 443}


def split_host(header: str) -> tuple[str, int | None] | None:
    """Name and port of a Host header; None where it is not one (RFC 9110, 7.2)."""
    if not header or any(sign in header for sign in "/@?#\\, \t"):
        return None
    try:
        parts = urlsplit(f"//{header}")
        name, port = parts.hostname, parts.port
    except ValueError:
        return None
    return (name.rstrip("."), port) if name else None


def is_loopback(name: str) -> bool:
    """Whether a host's name means this very machine (RFC 6761, 6.3)."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def is_ours(header: str, public_url: str, *, is_local: bool) -> bool:
    """Whether a Host header is that of the public address, or, in a local installation, a loopback name.

    The port of the public address may be left out where it is its scheme's own; loopback names go with any port,
    since a local installation may stand behind a forwarded one.
    """
    if (asked := split_host(header)) is None:
        return False
    name, port = asked
    if is_local and is_loopback(name):
        return True
    own = urlsplit(public_url)
    standard = DEFAULT_PORTS.get(own.scheme)
    return name == own.hostname and (port or standard) == (own.port or standard)


def client_address(peer: str, forwarded: Sequence[str], trusted: Iterable[Network]) -> str:
    """The client's address: the peer's, or, behind proxies that we trust, the last one that is not theirs.

    `forwarded` are the X-Forwarded-For headers in order. What a client writes itself stands further left than
    what our proxies add, so the list is read from its right end.
    """
    trusted = tuple(trusted)
    address = peer
    hops = [hop.strip() for header in forwarded for hop in header.split(",")]
    for hop in reversed(hops):
        if not _is_in(address, trusted):
            break
        try:
            address = str(ip_address(hop))
        except ValueError:
            break
    return address


def _is_in(address: str, trusted: Iterable[Network]) -> bool:
    """Whether an address belongs to one of the networks."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in trusted)


def net_of(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 that one household of IPv6 is given."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network((known, 64), strict=False))
