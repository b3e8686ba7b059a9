"""Requests that another site made a browser send are refused (OWASP ASVS 5.0, 3.5.1 to 3.5.3)."""

import hmac
from urllib.parse import urlsplit

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_same_origin(host: str, public_url: str, *, site: str | None, origin: str | None) -> bool | None:
    """Whether a request comes from one of our own pages; None where the client says nothing about it.

    `site` is Sec-Fetch-Site, which a page cannot forge; where a browser is too old for it, Origin must name the
    host that was asked, or our public address. `host` has passed the check of hosts.
    """
    if site is not None:
        return site == "same-origin"
    if origin is None:
        return None
    own = urlsplit(public_url)
    return origin in {f"{own.scheme}://{own.netloc}", f"{own.scheme}://{host}"}


def token_matches(expected: str, given: str | None) -> bool:
    """Whether the session's own token was sent along."""
    return bool(expected) and given is not None and hmac.compare_digest(expected.encode(), given.encode())
