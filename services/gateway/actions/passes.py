"""The identities that requests carry: a fresh one for whatever changes something, a young one again for reading."""

import time
from collections import OrderedDict

from services.gateway.rules.csrf import SAFE
from shared.contracts.identity import Caller, ServiceName
from shared.kit.identity import sign

YOUNG = 15.0
"""Seconds for which a caller's identity serves further reads; services take it for 60."""
MOST = 10_000


class Passes:
    """Remembers identities, not sessions: whose session has ended gets this far no more."""

    def __init__(self) -> None:
        """Nothing is signed yet."""
        self._known: OrderedDict[tuple[Caller, ServiceName], tuple[float, str]] = OrderedDict()

    def of(self, caller: Caller, service: ServiceName, method: str) -> str:
        """The identity of a caller for a service; of its own for each request that is more than reading."""
        if method not in SAFE:
            return sign(caller, service)
        now, key = time.monotonic(), (caller, service)
        signed_at, token = self._known.get(key, (0.0, ""))
        if not token or now - signed_at > YOUNG:
            token = sign(caller, service)
            self._known[key] = now, token
            self._known.move_to_end(key)
            if len(self._known) > MOST:
                self._known.popitem(last=False)
        return token
