"""Passkeys: what browsers are given and give back, as JSON (WebAuthn Level 3, 5.1.8 to 5.1.10)."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.auth.schemas.fields import Password
from shared.kit.web.bodies import Body, Text

PasskeyName = Annotated[Text, Field(min_length=1, max_length=60)]


class Credential(Body):
    """What `credential.toJSON()` gives; the browser decides what stands in `response`."""

    id: Annotated[Text, Field(max_length=2000)]
    raw_id: Annotated[Text, Field(max_length=2000, alias="rawId")]
    response: dict[str, Any]
    type: Annotated[Text, Field(max_length=20)]
    authenticator_attachment: Annotated[Text, Field(max_length=40)] | None = Field(
        default=None, alias="authenticatorAttachment"
    )
    client_extension_results: dict[str, Any] = Field(default_factory=dict, alias="clientExtensionResults")


class AskChallenge(Body):
    """Whoever wants to add a passkey knows the password."""

    current_password: Password


class ChallengeGiven(BaseModel):
    """A challenge, good for five minutes and one answer; `options` is for the browser's `parse…FromJSON`."""

    challenge_id: UUID
    options: dict[str, Any]


class AddPasskey(Body):
    """A new passkey under a name of its owner's choice."""

    challenge_id: UUID
    name: PasskeyName
    credential: Credential


class RenamePasskey(Body):
    """Another name."""

    name: PasskeyName


class LogInByPasskey(Body):
    """The answer to a challenge; nobody types a username."""

    challenge_id: UUID
    credential: Credential


class PasskeyShown(BaseModel):
    """One of one's passkeys; `synced`: one's devices share it."""

    passkey_id: UUID
    name: str
    made_at: datetime
    last_used_at: datetime | None
    synced: bool


class PasskeysShown(BaseModel):
    """All of one's passkeys; `required`: the installation asks this account for one."""

    items: list[PasskeyShown]
    required: bool
    next_cursor: None = None
