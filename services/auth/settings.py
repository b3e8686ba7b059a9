"""What an operator may turn in auth: password hashing; how long sessions, links and initial passwords last."""

import os
from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator

from shared.kit.settings import Settings

FLOOR = {1: 47104, 2: 19456}
"""KiB of memory that Argon2id needs at least with so many passes (OWASP ASVS 5.0, appendix C)."""
FLOOR_BEYOND = 12288
"""The same for three passes and more."""


class AuthSettings(Settings):
    """The settings of auth beside the common ones."""

    database_url: str = Field(
        default="postgresql://juxian:juxian@127.0.0.1:5432/auth",
        validation_alias="JUXIAN_AUTH_DATABASE_URL",
        description="The database of auth.",
    )
    argon2_memory: int = Field(default=19456, ge=8, description="KiB of memory that hashing a password takes.")
    argon2_rounds: int = Field(default=2, ge=1, description="Passes of Argon2id over that memory.")
    hash_workers: int = Field(
        default=os.cpu_count() or 1, ge=1, description="Passwords hashed at once: as many as there are cores."
    )
    hash_wait: float = Field(default=2.0, gt=0, description="Seconds that a login waits for a free worker, then 503.")
    session_hours: int = Field(default=12, ge=1, description="Hours after which a session ends in any case.")
    idle_minutes: int = Field(default=30, ge=1, description="Minutes without a request after which a session ends.")
    reset_minutes: int = Field(default=30, ge=1, description="Minutes that a link to reset a password lasts.")
    invitation_days: int = Field(default=7, ge=1, description="Days that a reviewer's first link lasts.")
    email_hours: int = Field(default=24, ge=1, description="Hours that a link to confirm an address lasts.")
    initial_days: int = Field(
        default=30, ge=0, description="Days that an initial password lasts; 0: without end, as in a demo world."
    )
    passkey_required: Literal["none", "administrators", "staff"] = Field(
        default="none",
        description="Whom passkeys are asked of: none, administrators, or staff (administrators and reviewers).",
    )

    @model_validator(mode="after")
    def _hash_no_weaker_than_the_standard(self) -> Self:
        """Refuse weaker hashing outside a local installation."""
        floor = FLOOR.get(self.argon2_rounds, FLOOR_BEYOND)
        if self.installation != "local" and self.argon2_memory < floor:
            message = f"JUXIAN_ARGON2_MEMORY must be {floor} at least with {self.argon2_rounds} rounds."
            raise ValueError(message)
        return self


@cache
def settings() -> AuthSettings:
    """The settings of this process."""
    return AuthSettings()
