"""Cookies: the session's, given at the login and taken back at logout; the mark of a device; the language chosen."""

import re

from services.gateway.rules.headers import Header
from services.gateway.schemas import Exchange
from services.gateway.settings import GatewaySettings

YEAR = "; Max-Age=31536000"
DEVICE = "juxian-device"
"""The header in which auth and the door tell one another a device's mark."""
CLEAR: Header = (b"clear-site-data", b'"cache", "storage"')
"""Nothing of a person stays in a shared browser (W3C Clear Site Data)."""


def session_cookie(settings: GatewaySettings, token: str) -> Header:
    """Hand the session to the browser: for this host alone, out of scripts' reach, until the browser closes."""
    return _cookie(settings, settings.cookie_name, token)


def device_mark(settings: GatewaySettings, exchange: Exchange) -> dict[str, str]:
    """The header by which auth recognises a device that its owner has logged in from before (quality.md, A1)."""
    mark = exchange.cookie(_device(settings)) or ""
    return {DEVICE: mark} if re.fullmatch(r"[\w.=-]{1,200}", mark, re.ASCII) else {}


def device_cookie(settings: GatewaySettings, mark: str) -> Header:
    """Let a device be recognised for a year; the mark alone logs nobody in."""
    return _cookie(settings, _device(settings), mark, YEAR)


def language_cookie(settings: GatewaySettings, language: str) -> Header:
    """Remember for a year which language was chosen."""
    return _cookie(settings, _language(settings), language, YEAR)


def chosen_language(settings: GatewaySettings, exchange: Exchange) -> str | None:
    """The language that this browser chose before."""
    return exchange.cookie(_language(settings))


def _language(settings: GatewaySettings) -> str:
    """The name of the language's cookie."""
    return f"{settings.cookie_name}-language"


def _device(settings: GatewaySettings) -> str:
    """The name of the device's cookie."""
    return f"{settings.cookie_name}-device"


def farewell(settings: GatewaySettings) -> list[Header]:
    """Take the cookie back and let the browser forget what it kept of us."""
    return [_cookie(settings, settings.cookie_name, "", "; Max-Age=0"), CLEAR]


def _cookie(settings: GatewaySettings, name: str, value: str, rest: str = "") -> Header:
    """The cookie's header (RFC 6265bis, 4.1)."""
    secure = "; Secure" if settings.over_tls else ""
    text = f"{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{rest}"
    return b"set-cookie", text.encode()
