"""What auth tells: accounts, organizations, passwords."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from shared.contracts.events.base import Event, Teller


class _AccountState(Event):
    """The whole public state of an account; the highest `version` is the truth, in whatever order they come."""

    teller: ClassVar[Teller] = "auth"

    account_id: UUID
    version: int
    username: str
    name: str
    email: str
    language: Literal["zh", "en"]
    mail_mode: Literal["each", "daily"]
    roles: tuple[str, ...]
    organization_id: UUID | None
    programmes: tuple[str, ...]
    disabled: bool = False
    id_index: str | None = None
    """Keyed index of the ID number that an import gave (rule 7: nobody reviews a case of their own)."""

    @property
    def aggregate_id(self) -> UUID:
        """The account."""
        return self.account_id


class AccountOpened(_AccountState):
    """An account was opened: registered by its owner, provisioned by an import, or invited as a reviewer."""

    opened_by: Literal["registration", "import", "invitation", "operator"]
    programme: str | None = None
    """The programme that it was opened for; letters name it."""
    link_token: str | None = None
    """Of an invitation: the token that sets the first password, encrypted for notify (`vault.wrap`)."""
    link_expires_at: datetime | None = None
    opened_at: datetime


class AccountChanged(_AccountState):
    """Something of an account changed: address, language, roles, organization, programmes, disabled."""


class OrganizationChanged(Event):
    """An organization was made or changed; the whole state, highest `version` wins."""

    teller: ClassVar[Teller] = "auth"

    organization_id: UUID
    version: int
    name: str
    name_en: str = ""
    pinyin: str
    kind: str
    region: str
    municipal: bool
    programmes: tuple[str, ...]
    credit_code: str | None = None
    disabled: bool = False
    merged_into: UUID | None = None
    """The organization that took its place: people, reviewers and open cases are that one's now."""
    merged_by: UUID | None = None
    """The administrator who merged them."""

    @property
    def aggregate_id(self) -> UUID:
        """The organization."""
        return self.organization_id


class _OfAccount(Event):
    """An event of one account."""

    teller: ClassVar[Teller] = "auth"

    account_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The account."""
        return self.account_id


class PasswordResetAsked(_OfAccount):
    """A reset link was asked for, with the right username and address."""

    request_id: UUID
    token: str
    """Encrypted for notify (`vault.wrap`), never clear."""
    asked_at: datetime
    expires_at: datetime
    programme: str | None = None


class PasswordChanged(_OfAccount):
    """A password was changed by its owner, or set through a link."""

    changed_at: datetime
    by_reset: bool


class EmailChangeAsked(_OfAccount):
    """The owner wants letters at another address; the letter there holds the confirmation link."""

    request_id: UUID
    email: str
    token: str
    """Encrypted for notify (`vault.wrap`)."""
    expires_at: datetime


class SecurityNoticed(_OfAccount):
    """Something that the owner should know of, once a day at most."""

    kind: Literal["address_used_again", "reset_attempts"]
    noticed_at: datetime
