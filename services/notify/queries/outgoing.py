"""What a mail worker needs of one delivery, in one look: the rendered letter, the address, the present time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from services.notify.models import Delivery, Letter
from services.notify.queries import wording
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.letters import Rendered
from shared.kit.vault import vault


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter that is about to leave."""

    name: str
    rendered: Rendered
    address: str
    now: datetime
    is_expired: bool


async def outgoing(session: Session, row: Delivery) -> Outgoing:
    """Open and render the letter of a delivery; raises Erased for a person who was erased."""
    asked = select(Letter, clock.now_sql()).where(col(Letter.id) == row.letter_id)
    letter, now = (await session.execute(asked)).one()
    said = await wording.content(session, letter)
    address = await vault().open(
        session, row.account_id, row.address, table="delivery", column="address", row_id=row.id
    )
    is_expired = row.expires_at is not None and row.expires_at <= now
    return Outgoing(letter.letter, wording.rendered(letter, said), str(address), now, is_expired)
