"""What notify tells: letters that could not be delivered."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.contracts.events.base import Event, Teller


class DeliveryFailed(Event):
    """A letter to an account failed for good; auth marks the address as one that does not work."""

    teller: ClassVar[Teller] = "notify"

    delivery_id: UUID
    account_id: UUID
    letter: str
    cause: str
    """The SMTP code or the kind of network failure, never the address."""
    failed_at: datetime

    @property
    def aggregate_id(self) -> UUID:
        """The delivery."""
        return self.delivery_id
