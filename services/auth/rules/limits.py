"""How often is too often: what is counted, by what, how many in how long (quality 5 A1 to A6, 6.2, 6.3)."""

import ipaddress
import math
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

WIDER = 10
"""Limits per address are so many times as wide while captchas are off."""


class Limit(NamedTuple):
    """At most `most` of `kind` within `within`, for one key.

    `per` says whose the key is: `lockout` always holds, `account` and `address` may be switched off in a local
    installation, and `address` widens where automated clients need no captcha.
    """

    kind: str
    most: int
    within: timedelta
    per: Literal["lockout", "account", "address"]


LOGIN_NAME = Limit("login_name", 10, timedelta(minutes=15), "lockout")
LOGIN_DEVICE = Limit("login_device", 10, timedelta(minutes=15), "lockout")
LOGIN_ADDRESS = Limit("login_address", 30, timedelta(minutes=5), "address")
OWN_PASSWORD = Limit("own_password", 10, timedelta(minutes=15), "lockout")
TAKEN_ADDRESS = Limit("taken_address", 30, timedelta(hours=1), "address")
MISMATCH_NAME = Limit("mismatch_name", 3, timedelta(hours=1), "account")
MISMATCH_ADDRESS = Limit("mismatch_address", 20, timedelta(hours=1), "address")
RESET_ACCOUNT = Limit("reset_account", 3, timedelta(days=1), "account")
RESET_ADDRESS = Limit("reset_address", 5, timedelta(hours=1), "address")
EMAIL_ACCOUNT = Limit("email_account", 5, timedelta(days=1), "account")

LONGEST = timedelta(days=1)
"""Nothing older is ever counted."""


def allowance(limit: Limit, *, limits: bool, captcha: bool) -> int | None:
    """How many are allowed in this installation; None where they are not counted at all."""
    if limit.per == "lockout":
        return limit.most
    if not limits:
        return None
    return limit.most if captcha or limit.per == "account" else limit.most * WIDER


def wait(limit: Limit, leaving: datetime, now: datetime) -> int:
    """Seconds until one more is allowed, when `leaving` is the oldest one that has to leave the window."""
    return max(1, math.ceil((leaving + limit.within - now).total_seconds()))


def net_of(address: str) -> str:
    """The net that an address is counted with: /24 of IPv4, /56 of IPv6, `unknown` for what is neither."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    prefix = 24 if parsed.version == 4 else 56  # noqa: PLR2004 - the two versions of the protocol
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))
