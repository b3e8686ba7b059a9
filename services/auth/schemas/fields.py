"""The kinds of fields that several bodies have."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.kit.web.bodies import Body, Text

Name = Annotated[Text, Field(min_length=1, max_length=60)]
Username = Annotated[Text, Field(max_length=200)]
Email = Annotated[Text, Field(max_length=320)]
Mobile = Annotated[Text, Field(max_length=40)]
Password = Annotated[str, Field(max_length=1000)]
"""Exactly as typed, control characters too; longer than any that is accepted, so that hashing stays cheap."""
Language = Literal["zh", "en"]
MailMode = Literal["each", "daily"]


class WithCaptcha(Body):
    """A body that proves a person: the captcha's id and what stands in it. Left out where captchas are off."""

    captcha_id: UUID | None = None
    captcha_text: Annotated[Text, Field(max_length=40)] | None = None
