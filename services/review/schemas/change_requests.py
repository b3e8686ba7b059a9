"""Change requests as the deciding organization sees and decides them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, JsonValue

from services.review.schemas.cases import OrganizationShown, Person
from shared.kit.web import Body
from shared.kit.web.bodies import Text

ChangeState = Literal["waiting", "decided", "all"]


class DecideChange(Body):
    """The decision about one change request; a rejection says why."""

    decision: Literal["approve", "reject"]
    comment: Annotated[Text, Field(max_length=2000)] | None = None

    @property
    def words(self) -> str | None:
        """The comment without blanks at its ends; None where nothing was said."""
        return (self.comment or "").strip() or None


class ChangeItem(BaseModel):
    """A change request; old and new values are masked unless the reader's organization decides it now."""

    change_request_id: UUID
    submission_id: UUID
    programme: str
    applicant: Person
    employer: OrganizationShown
    section: str
    entry_id: UUID | None
    kind: str
    fields: list[str]
    changes: list[dict[str, JsonValue]]
    organizations: list[OrganizationShown]
    """Those that old or new values name."""
    scans: list[JsonValue]
    reason: str | None
    filed_at: datetime
    status: str
    comment: str | None
    decided_at: datetime | None
