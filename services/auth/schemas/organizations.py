"""Organizations as everyone and as administrators see them."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.kit.web.bodies import Body, Text

Title = Annotated[Text, Field(min_length=1, max_length=200)]
Short = Annotated[Text, Field(min_length=1, max_length=60)]
Region = Annotated[Text, Field(max_length=20)]
CreditCode = Annotated[Text, Field(max_length=40)]
Programmes = Annotated[list[Short], Field(max_length=50)]


class OrganizationShown(BaseModel):
    """An organization in the shape of the public list."""

    organization_id: UUID
    name: str
    kind: str
    region: str
    municipal: bool


class OrganizationKept(OrganizationShown):
    """An organization as administrators see it."""

    credit_code: str | None
    programmes: list[str]
    disabled: bool
    merged_into: UUID | None


class OrganizationListed(OrganizationKept):
    """The same in the administrators' list."""

    aliases: list[str] = Field(description="Names of organizations that were merged into it.")
    reviewers: int
    region_name: str


class MakeOrganization(Body):
    """A new organization."""

    name: Title
    kind: Short
    region: Region
    municipal: bool = False
    credit_code: CreditCode | None = None
    programmes: Programmes = Field(default_factory=list)


class ChangeOrganization(Body):
    """What an administrator may change; what is left out stays, a null credit code is taken away."""

    name: Title | None = None
    kind: Short | None = None
    region: Region | None = None
    municipal: bool | None = None
    credit_code: CreditCode | None = None
    programmes: Programmes | None = None
    disabled: bool | None = None


class MergeOrganization(Body):
    """The organization that takes the place of the merged one."""

    into: UUID
