"""Mails an announcement to everyone whom it is for: in batches, once each, in the slow lane of the mail queue."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlmodel import col

from services.notify.actions.writing import write_many
from services.notify.models import (
    MAILINGS,
    Announcement,
    Attachment,
    Delivery,
    Letter,
    Mailing,
    Organization,
    Recipient,
)
from services.notify.queries.audiences import addressed, is_addressed
from services.notify.queries.people import Addressee, Row, opened
from services.notify.rules import ANNOUNCEMENT, Draft, Everyone, of_announcement
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.jobs import ENDED, GiveUp, LeaseLost, Postpone, Work, later
from shared.kit.vault import Erased, vault

BATCH = 20
WITHDRAWN = "withdrawn"
BREATH = 0.1
"""Seconds between two batches, so that other letters of this process have their turn."""


async def arrange_mailing(
    session: Session, announcement_id: UUID, publish_at: datetime, now: datetime, *, only_move: bool = False
) -> None:
    """Have an announcement mailed when it is out; `only_move` moves a mailing that waits, and makes none.

    One that was stopped goes on where it was; one that has been written is never written again.
    """
    waits = publish_at > now
    moved: dict[str, Any] = {"next_at": publish_at if waits else clock.now_sql(), "enqueued_at": None}
    if not only_move:
        moved |= {"status": "retry", "finished_at": None, "created_at": clock.now_sql()}
    states = ("queued", "retry") if only_move else ("queued", "retry", "cancelled", "failed")
    mine = col(Mailing.announcement_id) == announcement_id
    await session.execute(update(Mailing).where(mine, col(Mailing.status).in_(states)).values(**moved))
    if only_move:
        return
    if (await session.execute(select(col(Mailing.id)).where(mine))).first() is None:
        due: dict[str, Any] = {"next_at": publish_at} if waits else {}
        later(session, Mailing(queue=MAILINGS, announcement_id=announcement_id, **due))
        await session.flush()
    await _revive(session, announcement_id)


async def stop_mailing(session: Session, announcement_id: UUID) -> None:
    """Write no more letters of an announcement, and send none of those that wait."""
    open_ = col(Mailing.status).not_in(ENDED)
    ended = {"status": "cancelled", "lease_until": None, "finished_at": clock.now_sql()}
    await session.execute(update(Mailing).where(col(Mailing.announcement_id) == announcement_id, open_).values(**ended))
    waiting = col(Delivery.status).in_(("queued", "retry"))
    stopped = {"status": "cancelled", "finished_at": clock.now_sql(), "last_error": WITHDRAWN}
    await session.execute(update(Delivery).where(_is_of(announcement_id), waiting).values(**stopped))


async def _revive(session: Session, announcement_id: UUID) -> None:
    """Send after all what was stopped on its way."""
    again: dict[str, Any] = {"status": "retry", "finished_at": None, "last_error": None, "enqueued_at": None}
    again |= {"next_at": clock.now_sql(), "created_at": clock.now_sql()}
    is_stopped = col(Delivery.status) == "cancelled", col(Delivery.last_error) == WITHDRAWN
    await session.execute(update(Delivery).where(_is_of(announcement_id), *is_stopped).values(**again))


def _is_of(announcement_id: UUID) -> ColumnElement[bool]:
    """The deliveries of an announcement's letters."""
    is_its = (col(Letter.event_key) == announcement_id, col(Letter.letter) == ANNOUNCEMENT)
    return col(Delivery.letter_id).in_(select(col(Letter.id)).where(*is_its))


async def mail_announcement(work: Work[Mailing]) -> None:
    """Write an announcement's letters, batch by batch; a job's action.

    A batch and how far it reached are one transaction: who takes over after a death goes on behind it.
    """
    while await work.database.act(_write_batch, work):  # noqa: ASYNC110 - a pause, not a wait for somebody
        await asyncio.sleep(BREATH)


async def _write_batch(session: Session, work: Work[Mailing]) -> bool:
    """Write the next letters; False when all are written."""
    row = await _announcement(session, work.row.announcement_id)
    mailing = await _held(session, work)
    if mailing.recipients is None:
        mailing.recipients = await _count(session, row)
    people = await addressed(session, row.audience, row.programme, mailing.reached, BATCH)
    if not people:
        await work.finish(session, recipients=mailing.recipients, last_error=None)
        return False
    await vault().warm(session, [person.account_id for person, _ in people])
    draft = await _draft(session, row)
    written = await write_many(session, draft, await _opened(session, people), row.id, MAILINGS)
    reached = people[-1][0].account_id
    await session.execute(
        update(Mailing)
        .where(col(Mailing.id) == mailing.id)
        .values(reached=reached, written=col(Mailing.written) + written, recipients=mailing.recipients)
    )
    return True


async def _announcement(session: Session, announcement_id: UUID) -> Announcement:
    """The announcement, where it is out; one that is not yet is waited for, one that is no more is given up."""
    row = await session.get(Announcement, announcement_id)
    now = await clock.now(session)
    if row is None or (row.withdraw_at is not None and row.withdraw_at <= now):
        raise GiveUp(WITHDRAWN, "cancelled")
    if row.publish_at > now:
        raise Postpone("not out yet", after=(row.publish_at - now).total_seconds())
    return row


async def _held(session: Session, work: Work[Mailing]) -> Mailing:
    """The mailing's row, locked; raises LeaseLost where it was stopped or taken over."""
    asked = (
        select(Mailing)
        .where(
            col(Mailing.id) == work.row.id,
            col(Mailing.attempts) == work.row.attempts,
            col(Mailing.status) == "running",
        )
        .with_for_update()
    )
    row = (await session.execute(asked)).scalar_one_or_none()
    if row is None:
        raise LeaseLost
    session.expunge(row)
    return row


async def _count(session: Session, row: Announcement) -> int:
    """How many accounts it is for now."""
    asked = (
        select(func.count())
        .select_from(Recipient)
        .outerjoin(Organization, col(Organization.organization_id) == col(Recipient.organization_id))
        .where(*is_addressed(row.audience, row.programme))
    )
    return int((await session.execute(asked)).scalar_one())


async def _draft(session: Session, row: Announcement) -> Draft:
    """What its letters say."""
    names = (
        select(col(Attachment.name)).where(col(Attachment.announcement_id) == row.id).order_by(col(Attachment.place))
    )
    attached = list((await session.execute(names)).scalars())
    to = Everyone(row.audience, row.programme)
    return of_announcement(row.id, row.title, row.body, row.publish_at, attached, to)


async def _opened(session: Session, people: list[Row]) -> list[Addressee]:
    """The people with their cards opened; who was erased is written to no more."""
    found = []
    for person, place in people:
        try:
            found.append(await opened(session, person, place))
        except Erased:
            continue
    return found
