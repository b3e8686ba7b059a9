"""Deliveries as administrators see them: state and cause, with the address masked."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.notify.models import Delivery, Letter
from services.notify.queries.keysets import after_id
from services.notify.rules import masked
from services.notify.schemas import DeliveryShown, State
from shared.contracts.identity import Caller
from shared.contracts.refusals import Forbidden, Missing
from shared.kit.database import Session
from shared.kit.vault import Erased, vault
from shared.kit.web import Page
from shared.kit.web.paging import Listed

SHOWN: dict[str, State] = {"running": "sending", "done": "sent"}
"""How a job's state is called where the job is a letter; the others keep their names."""
KEPT = {shown: kept for kept, shown in SHOWN.items()}


def require_administrator(caller: Caller) -> None:
    """Refuse everybody else."""
    if "administrator" not in caller.roles:
        raise Forbidden


async def deliveries(
    session: Session, caller: Caller, page: Page, state: State | None, to: str | None
) -> Listed[DeliveryShown]:
    """All deliveries, newest first; of one state, or to exactly one address."""
    require_administrator(caller)
    asked = (
        select(Delivery, Letter)
        .join(Letter, col(Letter.id) == col(Delivery.letter_id))
        .order_by(col(Delivery.id).desc())
        .limit(page.limit + 1)
    )
    if state is not None:
        asked = asked.where(col(Delivery.status) == KEPT.get(state, state))
    if to is not None:
        asked = asked.where(col(Delivery.address_index) == vault().index(to, "email"))
    if (key := after_id(page)) is not None:
        asked = asked.where(col(Delivery.id) < key)
    rows, more = page.cut([(delivery, letter) for delivery, letter in (await session.execute(asked)).all()])
    items = [await _shown(session, delivery, letter) for delivery, letter in rows]
    return page.of(items, (str(items[-1].delivery_id),) if more else None)


async def delivery(session: Session, delivery_id: UUID) -> DeliveryShown:
    """One delivery; refused as Missing where there is none."""
    asked = (
        select(Delivery, Letter)
        .join(Letter, col(Letter.id) == col(Delivery.letter_id))
        .where(col(Delivery.id) == delivery_id)
        .execution_options(populate_existing=True)
    )
    row = (await session.execute(asked)).one_or_none()
    if row is None:
        raise Missing
    return await _shown(session, row[0], row[1])


async def _shown(session: Session, row: Delivery, letter: Letter) -> DeliveryShown:
    """The delivery without what is personal."""
    return DeliveryShown(
        delivery_id=row.id,
        account_id=row.account_id,
        letter=letter.letter,
        programme=letter.programme,
        to=await _masked_address(session, row),
        state=SHOWN.get(row.status, row.status),  # type: ignore[arg-type]  # the database knows no other states
        attempts=row.attempts,
        last_error=row.last_error,
        created_at=row.created_at,
        next_at=row.next_at,
        sent_at=row.sent_at,
    )


async def _masked_address(session: Session, row: Delivery) -> str | None:
    """The address with all but its first letter and domain hidden."""
    try:
        address = await vault().open(
            session, row.account_id, row.address, table="delivery", column="address", row_id=row.id
        )
    except Erased:
        return None
    return masked(str(address))
