"""A session as auth tells of it, from the cache or by call."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.identity import Caller, Language, Role


class Session(BaseModel):
    """Who is logged in. What auth adds later is not ours to refuse."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    session_id: UUID
    account_id: UUID
    roles: frozenset[Role]
    organization_id: UUID | None = None
    must_change_password: bool = False
    must_add_passkey: bool = False
    language: Literal["zh", "en"] = "zh"
    expires_at: datetime
    csrf: str = ""

    def caller(self, address: str, language: Language) -> Caller:
        """The identity that travels to a service."""
        return Caller(
            actor="gateway",
            account_id=self.account_id,
            roles=self.roles,
            organization_id=self.organization_id,
            session_id=self.session_id,
            must_change_password=self.must_change_password,
            language=language,
            address=address,
        )


def visitor(address: str, language: Language) -> Caller:
    """The identity of somebody who is not logged in."""
    return Caller(actor="gateway", address=address, language=language)
