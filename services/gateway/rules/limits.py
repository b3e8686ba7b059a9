"""How often one client may do what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from services.gateway.rules.routes import Bucket

Counted = Bucket | Literal["lookup"]
TRIAL_WIDTH = 10
"""How much wider limits are without captchas: a test installation's clients share one address."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in so many seconds.

    `by_address`: counted for the client's net, whoever is logged in. `is_exact`: the call waits for its count; the
    others, of which a client makes many, are counted a moment later and together. `is_open`: with Redis away
    nothing is counted, since reading must go on; the others are then counted by each process for itself.
    """

    amount: int
    seconds: int = 60
    by_address: bool = False
    is_exact: bool = False
    is_open: bool = False


LIMITS: Mapping[Counted, Limit] = {
    "read": Limit(1200, is_open=True),
    "write": Limit(600),
    "upload": Limit(300),
    "login": Limit(60, by_address=True, is_exact=True),
    "captcha": Limit(120, by_address=True, is_exact=True),
    "registration": Limit(60, by_address=True, is_exact=True),
    "reset": Limit(30, by_address=True, is_exact=True),
    "verification": Limit(30, by_address=True, is_exact=True),
    # Tokens that the cache does not know, before auth is asked: 200 people behind one address need 400 a minute.
    "lookup": Limit(1200, by_address=True, is_exact=True, is_open=True),
}
