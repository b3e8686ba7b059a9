"""Passwords are hashed in threads behind a gate as wide as there are cores, never on the event loop (quality 6.1)."""

import hmac
import secrets
from functools import cache
from typing import Literal, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.auth.actions.gates import Gate
from services.auth.rules.accounts import ALPHABET, INITIAL_LENGTH
from services.auth.settings import settings
from shared.kit.vault import vault


class Secret(NamedTuple):
    """What is kept of a password: an Argon2id hash, the keyed index of an initial one, or nothing yet."""

    kind: Literal["none", "argon2", "initial"] = "none"
    value: str | None = None


class Verdict(NamedTuple):
    """Whether a password fits, and its hash by today's parameters where the kept one has older ones."""

    fits: bool
    renewed: str | None = None


class Hashing:
    """Argon2id with fixed parameters (RFC 9106), behind a gate."""

    def __init__(self, gate: Gate, *, memory: int, rounds: int) -> None:
        """`memory` in KiB."""
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory, parallelism=1)
        self._gate = gate
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    async def keep(self, password: str) -> Secret:
        """Hash a password for keeping."""
        return Secret("argon2", await self._gate.run(lambda: self._hasher.hash(password)))

    async def verify(self, kept: Secret, password: str) -> Verdict:
        """Whether the password is the one that is kept. One Argon2id is always computed, whatever is kept."""
        stored = kept.value if kept.kind == "argon2" and kept.value else self._nobody
        verdict = await self._gate.run(lambda: self._verified(stored, password))
        if kept.kind == "initial":
            return Verdict(hmac.compare_digest(initial_of(password), kept.value or ""))
        return verdict if kept.kind == "argon2" else Verdict(fits=False)

    def _verified(self, stored: str, password: str) -> Verdict:
        """Verify in this thread, and hash again where the parameters have changed."""
        try:
            self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return Verdict(fits=False)
        is_old = self._hasher.check_needs_rehash(stored)
        return Verdict(fits=True, renewed=self._hasher.hash(password) if is_old else None)


@cache
def hashing() -> Hashing:
    """The hashing of this process, as its settings say."""
    chosen = settings()
    gate = Gate("hashing", chosen.hash_workers, chosen.hash_wait)
    return Hashing(gate, memory=chosen.argon2_memory, rounds=chosen.argon2_rounds)


def initial_of(password: str) -> str:
    """What is kept of an initial password: it has 79 random bits and needs no slow hash."""
    return vault().index(password, "initial-password")


def new_initial_password() -> str:
    """A random initial password that can be read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(INITIAL_LENGTH))
