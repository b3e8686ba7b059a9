"""What callers send; the values of sections and entries are judged by the programme's own classes."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.kit.web import Body
from shared.kit.web.bodies import Text


class Submit(Body):
    """A filing; the organization is that of `basic.employer` where it is left out."""

    programme: Text = Field(max_length=100)
    organization_id: UUID | None = None


class AskChange(Body):
    """A request to change approved data."""

    programme: Text = Field(max_length=100)
    section: Text = Field(max_length=100)
    kind: Literal["change", "add", "remove"] = "change"
    entry_id: UUID | None = None
    changes: dict[str, object] = Field(default_factory=dict, max_length=100)
    scans: list[UUID] = Field(default_factory=list, max_length=5)
    reason: Text = Field(default="", max_length=2000)


class Order(Body):
    """The entries of a section, each once, in the order in which they shall stand."""

    entries: list[UUID] = Field(max_length=200)


class WindowBody(Body):
    """When filings are taken; a side that is left out is open."""

    opens_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None


class Share(Body):
    """What shall be shared, by the keys of fields, with consent to the text that was shown."""

    fields: list[Annotated[Text, Field(max_length=100)]] = Field(max_length=200)
    consent: bool
    searchable: bool = False


class Reveal(Body):
    """Whose value an administrator asks to see whole, which, and why."""

    account_id: UUID
    field: Text = Field(max_length=100)
    reason: Text = Field(min_length=1, max_length=500)


class SealItem(Body):
    """A version that shall be sealed."""

    kind: Literal["submission", "change_request"]
    id: UUID
    version: int = 1


class SealBatch(Body):
    """Up to 200 of them: what one batch decides."""

    items: list[SealItem] = Field(max_length=200)
