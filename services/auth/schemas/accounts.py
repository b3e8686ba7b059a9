"""One's own account, its password and its address; what profile asks of an account."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from services.auth.schemas.fields import Email, Language, MailMode, Mobile, Name, Password, Username, WithCaptcha
from services.auth.schemas.organizations import OrganizationShown
from shared.kit.web.bodies import Body


class ProgrammeOfMine(BaseModel):
    """A programme whose profile the account may open; the status is null while profile does not answer."""

    programme: str
    title: dict[str, str]
    status: str | None


class Me(BaseModel):
    """One's own account."""

    account_id: UUID
    username: str
    name: str
    email: str
    mobile: str | None
    language: str
    mail_mode: str
    roles: list[str]
    organization: OrganizationShown | None
    programmes: list[ProgrammeOfMine]
    must_change_password: bool
    must_add_passkey: bool


class ChangeMe(Body):
    """What an owner may change without further ado; what is left out stays."""

    mobile: Mobile | None = None
    language: Language | None = None
    mail_mode: MailMode | None = None


class ChangeEmail(Body):
    """Another address for letters."""

    email: Email
    current_password: Password


class ChangePassword(Body):
    """A new password, by the owner who knows the present one."""

    current_password: Password
    new_password: Password


class AskReset(WithCaptcha):
    """Whose password is forgotten, and the address that was registered."""

    username: Username
    email: Email


class SetPassword(Body):
    """The new password of whoever opened the link."""

    new_password: Password


class InviteReviewer(Body):
    """A reviewer of one organization; the letter holds the link that sets the first password."""

    organization_id: UUID
    username: Username
    name: Name
    email: Email


class ChangeReviewer(Body):
    """What an administrator may change of a reviewer; what is left out stays."""

    organization_id: UUID | None = None
    username: Username | None = None
    name: Name | None = None
    email: Email | None = None
    disabled: bool | None = None


class Invited(BaseModel):
    """The reviewer's account."""

    account_id: UUID


class ReviewerShown(BaseModel):
    """A reviewer as administrators see one."""

    account_id: UUID
    username: str
    name: str
    email: str
    organization: OrganizationShown
    disabled: bool
    invited: bool = Field(description="The first password has not been set yet.")
    email_bounced_at: datetime | None
    last_login_at: datetime | None


class Imported(BaseModel):
    """What an import said of a person."""

    name: str
    id_type: str | None = None
    id_number: str
    mobile: str
    email: str
    organization_id: UUID | None


class Origin(BaseModel):
    """Where an account comes from: what its profile begins with."""

    account_id: UUID
    username: str
    name: str
    language: str
    programmes: list[str]
    opened_by: str
    registration: dict[str, object] | None
    imported: Imported | None
