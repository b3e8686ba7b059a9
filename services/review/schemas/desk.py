"""The desk of an office: phrases, delegations, claims, colleagues."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from services.review.schemas.cases import OrganizationShown, Person
from shared.kit.web import Body
from shared.kit.web.bodies import Text


def _spoken(text: str) -> str:
    """Refuse a text of blanks alone; take blanks from its ends."""
    if not (kept := text.strip()):
        message = "nothing is said"
        raise ValueError(message)
    return kept


def _apart(phrases: list[str]) -> list[str]:
    """Refuse a list that says the same twice."""
    if len(set(phrases)) != len(phrases):
        message = "a phrase stands there twice"
        raise ValueError(message)
    return phrases


Phrase = Annotated[Text, Field(min_length=1, max_length=200), AfterValidator(_spoken)]


class PutPhrases(Body):
    """The phrases of an organization, all of them."""

    phrases: Annotated[list[Phrase], Field(max_length=50), AfterValidator(_apart)]


class Phrases(BaseModel):
    """The phrases of an organization; who changed them last, and when."""

    phrases: list[str]
    changed_at: datetime | None
    changed_by: Person | None


class View(Body):
    """A filter of the worklist that is kept under a name: `query` as it stands in the list's address."""

    name: Annotated[Text, Field(min_length=1, max_length=30), AfterValidator(_spoken)]
    query: Annotated[Text, Field(max_length=500)]


class Choices(Body):
    """What a reviewer keeps for the own desk: saved filters, the columns of lists (none: the usual ones), `keys`.

    `keys`: whether single letters do something on the desk and in lists (WCAG 2.1.4 lets them be switched off).
    """

    views: Annotated[list[View], Field(max_length=20)] = Field(default_factory=list)
    columns: Annotated[list[Annotated[str, Field(pattern="^[a-z_]{1,30}$")]], Field(max_length=20)] = Field(
        default_factory=list
    )
    keys: bool = True


class Desk(BaseModel):
    """Whose desk it is, for which organization, what waits there, its phrases, and what the reviewer has chosen.

    Counting stops at a thousand.
    """

    reviewer: Person
    organization: OrganizationShown
    waiting: int
    waiting_is_more: bool
    change_requests: int
    phrases: Phrases
    choices: Choices


class Colleagues(BaseModel):
    """The other reviewers of one's organization."""

    items: list[Person]


class Delegate(Body):
    """Whom one's work goes to, from which day to which day."""

    to: UUID
    from_on: date
    to_on: date


class DelegationShown(BaseModel):
    """Who stands in for whom. `active`: today; `mine`: given by the reader, who may take it back."""

    delegation_id: UUID
    delegator: Person
    deputy: Person
    from_on: date
    to_on: date
    active: bool
    mine: bool


class Delegations(BaseModel):
    """Present and future delegations of an organization."""

    items: list[DelegationShown]


class ClaimShown(BaseModel):
    """Who has the case open, and until when that is believed."""

    claimed_by: Person
    claimed_until: datetime
    mine: bool
