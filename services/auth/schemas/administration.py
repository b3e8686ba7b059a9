"""Accounts, and the regions of organizations, as administrators see them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.auth.schemas.organizations import OrganizationShown
from shared.kit.web.bodies import Body


class AccountItem(BaseModel):
    """An account: address and telephone masked; `locked` while too many wrong passwords were tried."""

    account_id: UUID
    username: str
    name: str
    roles: list[str]
    organization: OrganizationShown | None
    programmes: list[str]
    email: str
    mobile: str | None
    opened_by: str
    opened_at: datetime
    last_login_at: datetime | None
    disabled: bool
    locked: bool
    must_change_password: bool
    email_bounced_at: datetime | None


class LoginShown(BaseModel):
    """One login, or a failed one; from where is not shown."""

    at: datetime
    outcome: Literal["entered", "failed"]
    by: str


class SessionOfAccount(BaseModel):
    """One session that is alive."""

    session_id: UUID
    made_at: datetime
    seen_at: datetime
    ends_at: datetime


class AccountShown(AccountItem):
    """One account with its 20 newest logins, its sessions, and the import that opened it."""

    logins: list[LoginShown]
    sessions: list[SessionOfAccount]
    passkeys: int
    import_id: UUID | None


class ChangeAccount(Body):
    """What an administrator may change of an account."""

    disabled: bool


class RegionShown(BaseModel):
    """A province, city or county: how many enabled organizations lie in it, by kind, those below included."""

    region: str
    name: str
    count: int
    kinds: dict[str, int]
    regions: list["RegionShown"]


class RegionTree(BaseModel):
    """The provinces that have organizations."""

    items: list[RegionShown]
    next_cursor: None = None
