"""A software authenticator: keeps passkeys as a telephone does, and signs what browsers hand it (WebAuthn, 6)."""

import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn import base64url_to_bytes
from webauthn.helpers import bytes_to_base64url, encode_cbor

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One device with one passkey; what is turned here makes it lie."""

    origin: str = "http://localhost:8000"
    rp_id: str = "localhost"
    flags: int = PRESENT | VERIFIED
    counts: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""
    signed: int = 0

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.create()` gives."""
        self.handle = base64url_to_bytes(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        made = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + encode_cbor(cose)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(self.flags | ATTESTED) + made}
        return self._credential(
            {
                "clientDataJSON": self._client_data("webauthn.create", options),
                "attestationObject": bytes_to_base64url(encode_cbor(attestation)),
                "transports": ["internal"],
            }
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.get()` gives."""
        self.signed += self.counts
        client_data = self._client_data("webauthn.get", options)
        data = self._data(self.flags)
        signed = data + hashlib.sha256(base64url_to_bytes(client_data)).digest()
        return self._credential(
            {
                "clientDataJSON": client_data,
                "authenticatorData": bytes_to_base64url(data),
                "signature": bytes_to_base64url(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": bytes_to_base64url(self.handle),
            }
        )

    def _data(self, flags: int) -> bytes:
        """Authenticator data: domain, flags, counter (6.1)."""
        return hashlib.sha256(self.rp_id.encode()).digest() + struct.pack(">BI", flags, self.signed)

    def _client_data(self, kind: str, options: dict[str, Any]) -> str:
        """What the browser says of the page that asked."""
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return bytes_to_base64url(json.dumps(said).encode())

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        """The credential as `toJSON()` writes it."""
        named = bytes_to_base64url(self.credential_id)
        return {
            "id": named, "rawId": named, "type": "public-key", "response": response,
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
        }  # fmt: skip
