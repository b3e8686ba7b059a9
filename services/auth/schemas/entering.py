"""Captchas, registration, login, sessions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.auth.schemas.fields import Password, Username, WithCaptcha
from shared.kit.web.bodies import Text


class CaptchaShown(BaseModel):
    """A new captcha: its picture, at twice the size that it is shown at, and the same digits spoken."""

    captcha_id: UUID
    image: str = Field(description="data:image/png;base64,…")
    audio: str = Field(description="data:audio/wav;base64,…")


class Register(WithCaptcha):
    """A registration: besides these the fields that the programme's `registration` names, all required.

    They stand beside the others; a field that the programme does not name is refused like any unknown one.
    """

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "username": "zhang.wei", "password": "…", "password_confirm": "…", "name": "张伟",
                    "mobile": "13805340001", "email": "zhang.wei@demo.juxian.test", "talent_type": "innovation",
                    "research_direction": "高分子材料", "professional_title": "高级工程师", "highest_education": "11",
                    "highest_degree": "2", "accept_terms": True, "captcha_id": "…", "captcha_text": "…",
                }
            ]
        },
    )  # fmt: skip

    programme: Annotated[Text, Field(max_length=100)] | None = None
    username: Username = ""
    password: Password = ""
    password_confirm: Password = ""
    accept_terms: bool = False


class Registered(BaseModel):
    """The new account."""

    account_id: UUID
    username: str


class LogIn(WithCaptcha):
    """Username and password."""

    username: Username
    password: Password


class LoggedIn(BaseModel):
    """A session; the token is shown this once."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - the kind of token (RFC 6750)
    expires_at: datetime
    must_change_password: bool
    roles: list[str]


class SessionShown(BaseModel):
    """One of one's own sessions; `current` is the one that asks."""

    session_id: UUID
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    net: str
    current: bool


class SessionsShown(BaseModel):
    """All sessions of the account that are alive."""

    items: list[SessionShown]
    next_cursor: None = None


class Resolve(BaseModel):
    """Asks whose session has the token with this SHA-256."""

    model_config = ConfigDict(extra="forbid")

    token_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Resolved(BaseModel):
    """A session as the gateway knows it."""

    session_id: UUID
    account_id: UUID
    roles: list[str]
    organization_id: UUID | None
    must_change_password: bool
    must_add_passkey: bool
    language: str
    expires_at: datetime
    """When it ends without a further request: 30 minutes after the last, at the latest 12 hours after login."""
    csrf: str
