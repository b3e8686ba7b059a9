"""The session's cookie: given at the portal's login, taken back at logout."""

from services.gateway.rules.headers import Header
from services.gateway.settings import GatewaySettings

CLEAR: Header = (b"clear-site-data", b'"cache", "storage"')
"""Nothing of a person stays in a shared browser (W3C Clear Site Data)."""


def session_cookie(settings: GatewaySettings, token: str) -> Header:
    """Hand the session to the browser: for this host alone, out of scripts' reach, until the browser closes."""
    return _cookie(settings, token, "")


def farewell(settings: GatewaySettings) -> list[Header]:
    """Take the cookie back and let the browser forget what it kept of us."""
    return [_cookie(settings, "", "; Max-Age=0"), CLEAR]


def _cookie(settings: GatewaySettings, value: str, rest: str) -> Header:
    """The cookie's header (RFC 6265bis, 4.1)."""
    secure = "; Secure" if settings.over_tls else ""
    text = f"{settings.cookie_name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{rest}"
    return b"set-cookie", text.encode()
