"""Decisions as reviewers send them, and the answers to them."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from shared.contracts.events import Remark
from shared.kit.web import Body
from shared.kit.web.bodies import Text

Comment = Annotated[Text, Field(max_length=2000)]
Name = Annotated[Text, Field(min_length=1, max_length=60)]
Version = Annotated[int, Field(ge=1, le=1_000_000)]
Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
ROUNDING = 1e-9


class Box(Body):
    """A place on a page, as fractions of it, from its top left corner."""

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction

    @model_validator(mode="after")
    def _stays_on_the_page(self) -> Self:
        """Refuse a box that sticks out."""
        if self.x + self.width > 1 + ROUNDING or self.y + self.height > 1 + ROUNDING:
            message = "the box leaves the page"
            raise ValueError(message)
        return self


class RemarkGiven(Body):
    """A comment on one thing: a section, an entry, a field, a scan, a page of it, or a place there."""

    comment: Annotated[Text, Field(min_length=1, max_length=2000)]
    section: Name | None = None
    entry: UUID | None = None
    field: Name | None = None
    scan: UUID | None = None
    page: Annotated[int, Field(ge=1, le=10_000)] | None = None
    box: Box | None = None

    def remark(self) -> Remark:
        """The remark as events carry it. A minus zero, which JSON in the database does not know, becomes zero."""
        box = self.box.model_dump() if self.box else None
        return Remark(
            comment=self.comment,
            section=self.section,
            entry=self.entry,
            field=self.field,
            scan=self.scan,
            page=self.page,
            box={side: value + 0.0 for side, value in box.items()} if box else None,
        )


class Decide(Body):
    """One tier's decision about the version that the reviewer saw."""

    decision: Literal["approve", "return"]
    version: Version
    comment: Comment | None = None
    remarks: Annotated[list[RemarkGiven], Field(default_factory=list, max_length=200)]
    category: Name | None = None

    @property
    def words(self) -> str | None:
        """The comment without blanks at its ends; None where nothing was said."""
        return (self.comment or "").strip() or None

    @property
    def pins(self) -> tuple[Remark, ...]:
        """The remarks as events carry them."""
        return tuple(given.remark() for given in self.remarks)


class DecideOne(Decide):
    """A decision in a batch, which names its case."""

    case_id: UUID


class DecideMany(Body):
    """Up to 200 decisions; each is answered by itself."""

    decisions: Annotated[list[DecideOne], Field(min_length=1, max_length=200)]


class DecisionMade(BaseModel):
    """What a decision led to; `next_tier` is null where nobody is next."""

    decision_id: UUID
    case_id: UUID
    version: int
    tier: str
    decision: str
    decided_at: datetime
    state: str
    next_tier: str | None


class BatchItem(BaseModel):
    """The answer to one decision of a batch: the decision, or the problem document that says why not."""

    case_id: UUID
    status: int
    decision: DecisionMade | None = None
    problem: dict[str, object] | None = None


class BatchAnswer(BaseModel):
    """The answers of a batch, in the order of what was sent."""

    items: list[BatchItem]
