"""Signing papers with this service's own Ed25519 key (RFC 8032)."""

import base64
from collections.abc import Callable
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.kit.identity import public_key_of
from shared.kit.settings import common


class SigningKey(NamedTuple):
    """The key's id, its public half in base64, and how it signs."""

    key_id: str
    public: str
    sign: Callable[[bytes], bytes]


def own_key() -> SigningKey:
    """The key of the service's signed identity; what else it signs begins with a word of its own."""
    key_id, _colon, seed = common().identity_key.partition(":")
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))
    return SigningKey(key_id, public_key_of(seed), private.sign)
