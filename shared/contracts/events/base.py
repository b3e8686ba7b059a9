"""What every event is: a frozen message in the past tense, told by one service, with a version of its shape."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

Teller = Literal["auth", "profile", "review", "notify"]

EVENTS: dict[str, type["Event"]] = {}


class Event(BaseModel):
    """A thing that happened. Subclasses are registered by name; `teller` owns the stream that it travels on.

    Fields carry ids, versions, codes, times and the names that letters need. Never: ID numbers, birth dates,
    family data, passwords, clear tokens, the snapshot (law 11). New fields get a default, so that an event
    written by the release before can still be read; a changed meaning gets a higher `v`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    teller: ClassVar[Teller]
    tellers: ClassVar[tuple[Teller, ...]] = ()
    """Every service that tells it: `teller` alone, but for what all of them tell."""
    v: ClassVar[int] = 1

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:  # noqa: ANN401 - Pydantic's own signature
        """Register the event by its name; a name with an underscore is a family, not an event."""
        super().__pydantic_init_subclass__(**kwargs)
        if hasattr(cls, "teller"):
            cls.tellers = cls.tellers or (cls.teller,)
        if not cls.__name__.startswith("_"):
            EVENTS[cls.__name__] = cls

    @property
    def aggregate_id(self) -> UUID:
        """The thing that it happened to: what the outbox notes beside it."""
        raise NotImplementedError

    @classmethod
    def read(cls, payload: Mapping[str, object]) -> Self:
        """Build the event from its payload; one that does not fit raises ValidationError."""
        return cls.model_validate(payload)


class Remark(BaseModel):
    """A remark of a return, pinned to a section, entry, field, scan, or a place on a page of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    comment: str
    section: str | None = None
    entry: UUID | None = None
    field: str | None = None
    scan: UUID | None = None
    page: int | None = None
    box: dict[str, float] | None = None


def read_event(name: str, v: int, payload: Mapping[str, object]) -> Event:
    """Build the event of that name.

    Raises LookupError for a name or a version that this release does not know, ValidationError for a payload
    that does not fit.
    """
    kind = EVENTS.get(name)
    if kind is None or v > kind.v:
        message = f"{name} v{v} is not known here"
        raise LookupError(message)
    return kind.read(payload)
