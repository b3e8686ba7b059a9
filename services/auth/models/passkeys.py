"""Passkeys: certificates of one's own (WebAuthn Level 3), and the challenges that they answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column
from sqlmodel import Field

from services.auth.models.base import Table
from shared.kit.columns import instant, switch
from shared.kit.ids import new_id


class Passkey(Table, table=True):
    """One passkey: what its authenticator calls it, its public key (COSE), how often it has signed.

    `synced`: its owner's devices share it, so that losing one device does not lose it.
    """

    __tablename__ = "passkey"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    credential_id: bytes = Field(unique=True)
    public_key: bytes
    sign_count: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default="0"))
    name: str
    synced: bool = switch()
    made_at: datetime = instant(default=True)
    last_used_at: datetime | None = instant(nullable=True)


class PasskeyChallenge(Table, table=True):
    """A challenge that was given out: for one answer, within five minutes. Its row goes with the answer."""

    __tablename__ = "passkey_challenge"
    __table_args__ = (
        CheckConstraint(
            "(purpose = 'registration') = (account_id IS NOT NULL)", name="passkey_challenge_of_an_account"
        ),
        CheckConstraint("purpose IN ('registration','login')", name="passkey_challenge_purpose_known"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    purpose: str
    account_id: UUID | None = None
    challenge: bytes
    ends_at: datetime = instant(index=True)
