"""Sessions: who is logged in, since when, until when."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from services.auth.models.base import Table
from shared.kit.columns import instant
from shared.kit.ids import new_id


class LoginSession(Table, table=True):
    """One login. The token is known to its holder alone: what stands here is its SHA-256 (hex)."""

    __tablename__ = "login_session"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    token_sha256: str = Field(unique=True)
    account_id: UUID = Field(foreign_key="account.id", index=True)
    net: str
    passkey_id: UUID | None = Field(default=None, foreign_key="passkey.id", index=True)
    """The passkey that opened it; with it the session ends."""
    made_at: datetime = instant(default=True)
    seen_at: datetime = instant(default=True, index=True)
    ends_at: datetime = instant(index=True)
