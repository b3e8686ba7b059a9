"""Deliveries as administrators see them: state and cause, with the address masked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.notify.models import URGENT, Announcement, Delivery, Letter
from services.notify.queries import wording
from services.notify.queries.keysets import after_id
from services.notify.rules import ANNOUNCEMENT, masked
from services.notify.rules.causes import cause_in_words
from services.notify.rules.titles import TITLES
from services.notify.schemas import DeliveryDetail, DeliveryShown, State
from services.notify.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Forbidden, Missing
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.texts import translate
from shared.kit.vault import Erased, vault
from shared.kit.web import Page
from shared.kit.web.paging import Listed

SHOWN: dict[str, State] = {"running": "sending", "done": "sent"}
"""How a job's state is called where the job is a letter; the others keep their names."""
KEPT = {shown: kept for kept, shown in SHOWN.items()}
STUCK = ("failed", "retry")
"""The states in which a delivery may be sent once more."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What an administrator looks for; `to` is one whole address."""

    state: State | None = None
    to: str | None = None
    letter: str | None = None
    cause: str | None = None
    programme: str | None = None


def require_administrator(caller: Caller) -> None:
    """Refuse everybody else."""
    if "administrator" not in caller.roles:
        raise Forbidden


async def deliveries(session: Session, caller: Caller, page: Page, sought: Sought) -> Listed[DeliveryShown]:
    """The deliveries that are sought, newest first."""
    require_administrator(caller)
    asked = (
        select(Delivery, Letter)
        .join(Letter, col(Letter.id) == col(Delivery.letter_id))
        .order_by(col(Delivery.id).desc())
        .limit(page.limit + 1)
    )
    if sought.state is not None:
        asked = asked.where(col(Delivery.status) == KEPT.get(sought.state, sought.state))
    if sought.to is not None:
        asked = asked.where(col(Delivery.address_index) == vault().index(sought.to, "email"))
    if sought.letter is not None:
        asked = asked.where(col(Letter.letter) == sought.letter)
    if sought.cause is not None:
        asked = asked.where(col(Delivery.last_error) == sought.cause)
    if sought.programme is not None:
        asked = asked.where(col(Letter.programme) == sought.programme)
    if (key := after_id(page)) is not None:
        asked = asked.where(col(Delivery.id) < key)
    rows, more = page.cut([(delivery, letter) for delivery, letter in (await session.execute(asked)).all()])
    now = await clock.now(session)
    items = [await _shown(session, delivery, letter, now, caller.language) for delivery, letter in rows]
    return page.of(items, (str(items[-1].delivery_id),) if more else None)


async def delivery(session: Session, caller: Caller, delivery_id: UUID) -> DeliveryDetail:
    """One delivery in full; refused as Missing where there is none."""
    require_administrator(caller)
    asked = (
        select(Delivery, Letter)
        .join(Letter, col(Letter.id) == col(Delivery.letter_id))
        .where(col(Delivery.id) == delivery_id)
        .execution_options(populate_existing=True)
    )
    found = (await session.execute(asked)).one_or_none()
    if found is None:
        raise Missing
    row, letter = found
    item = await _shown(session, row, letter, await clock.now(session), caller.language)
    is_announced = letter.letter == ANNOUNCEMENT and await session.get(Announcement, letter.event_key) is not None
    return DeliveryDetail(
        **dict(item),
        subject=await _subject(session, letter),
        message_id=f"<{row.id}@{settings().mail_domain}>",
        urgent=row.queue == URGENT,
        language=letter.language,  # type: ignore[arg-type]  # a recipient's language
        announcement_id=letter.event_key if is_announced else None,
        expires_at=row.expires_at,
        finished_at=row.finished_at,
    )


def is_expired(row: Delivery, now: datetime) -> bool:
    """Whether the letter's link is of no use any more."""
    return row.expires_at is not None and row.expires_at <= now


async def _shown(session: Session, row: Delivery, letter: Letter, now: datetime, language: str) -> DeliveryShown:
    """The delivery without what is personal."""
    said = cause_in_words(row.last_error)
    return DeliveryShown(
        delivery_id=row.id,
        account_id=row.account_id,
        letter=letter.letter,
        letter_title=translate(TITLES.get(letter.letter, letter.letter), language),
        programme=letter.programme,
        to=await _masked_address(session, row),
        state=SHOWN.get(row.status, row.status),  # type: ignore[arg-type]  # the database knows no other states
        attempts=row.attempts,
        cause=row.last_error,
        cause_text=translate(said, language) if said else None,
        last_error=row.last_error,
        created_at=letter.written_at,
        next_at=row.next_at,
        sent_at=row.sent_at,
        can_retry=row.status in STUCK and not is_expired(row, now),
    )


async def _subject(session: Session, letter: Letter) -> str | None:
    """The subject in the letter's language; nothing of a letter that holds a token."""
    try:
        said = await wording.content(session, letter)
    except Erased:
        return None
    return None if said.token else wording.subject(letter, said, letter.language)


async def _masked_address(session: Session, row: Delivery) -> str | None:
    """The address with all but its first letter and domain hidden."""
    try:
        address = await vault().open(
            session, row.account_id, row.address, table="delivery", column="address", row_id=row.id
        )
    except Erased:
        return None
    return masked(str(address))
