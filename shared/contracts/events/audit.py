"""What every service tells of what people did: the entries of the audit trail."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.events.base import Event, Teller


class Audited(Event):
    """Somebody did, saw or exported something that is kept for ever; `shared.kit.audit.note` records it.

    The one event that every service tells, auth itself too; auth hears it and keeps the trail. `detail` holds codes,
    names of fields, ids and counts, never values of a person.
    """

    teller: ClassVar[Teller] = "auth"
    tellers: ClassVar[tuple[Teller, ...]] = ("auth", "profile", "review", "notify")

    audit_id: UUID
    actor_id: UUID | None
    """The account; None for a visitor, an operator's command and what the platform does by itself."""
    roles: tuple[str, ...] = ()
    organization_id: UUID | None = None
    action: str
    """A verb in the past, in snake_case: `organization_changed`."""
    subject_kind: str
    subject_id: str | None = None
    programme: str | None = None
    reason: str | None = None
    """Why, where a reason is asked for; ID and telephone numbers are taken out."""
    detail: dict[str, Any] = Field(default_factory=dict)
    request_id: str = ""
    at: datetime

    @property
    def aggregate_id(self) -> UUID:
        """The entry itself."""
        return self.audit_id
