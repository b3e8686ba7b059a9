"""Devices from which an owner has logged in: a guesser's failures do not lock those out (quality 5 A1)."""

import hmac
import secrets

from shared.kit.vault import vault


def new_device(username_key: str) -> str:
    """A mark for the device of somebody who just logged in as that name; nothing is kept of it."""
    nonce = secrets.token_urlsafe(16)
    return f"{nonce}.{_mac(nonce, username_key)}"


def is_known(device: str, username_key: str) -> bool:
    """Whether the mark was given to a device of that name's owner."""
    nonce, _, mac = device.partition(".")
    return hmac.compare_digest(mac.encode(), _mac(nonce, username_key).encode())


def _mac(nonce: str, username_key: str) -> str:
    """What binds a mark to a name."""
    return vault().index(f"{nonce}:{username_key}", "device")
