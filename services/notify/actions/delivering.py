"""Carries a letter to the mail server: rendered from its row, handed in by SMTP, and noted how it ended."""

import asyncio
from contextlib import nullcontext
from datetime import UTC, datetime
from email.utils import parseaddr
from functools import cache

from services.notify.models import MAILINGS, Delivery
from services.notify.queries.outgoing import Outgoing, outgoing
from services.notify.settings import settings
from shared.contracts.events import DeliveryFailed
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.faultpoints import fault_point
from shared.kit.jobs import GiveUp, Postpone, Work
from shared.kit.letters import Frame, message
from shared.kit.outbox import tell
from shared.kit.smtp import Post, Server, SmtpLater, SmtpRefused
from shared.kit.vault import Erased

SLOW_AT_ONCE = 2
MAILBOX_AGAIN = 2.0
"""Seconds after which the built-in mailbox is tried again: it is away only while its process starts anew."""


@cache
def _slow_lane() -> asyncio.Semaphore:
    """Whose turn it is among the letters of the slow lane."""
    return asyncio.Semaphore(SLOW_AT_ONCE)


@cache
def post() -> Post:
    """The connections of this process."""
    given = settings()
    server = Server.at(given.mail_server, given.mail_domain, given.smtp_timeout, given.smtp_answer_timeout)
    return Post(server, given.smtp_connections)


async def deliver(work: Work[Delivery]) -> None:
    """Carry one letter; a job's action.

    In order: a letter whose link has expired is cancelled; it is rendered from its own row; handed in; noted as
    sent. The mail server's no is final and told as DeliveryFailed; anything else is tried again for a day. Letters
    of the slow lane go two at a time, so that the worker always has a hand free for another.
    """
    async with _slow_lane() if work.row.queue == MAILINGS else nullcontext():
        await _carry(work)


async def _carry(work: Work[Delivery]) -> None:
    """The way of one letter."""
    if not settings().mail_server:
        raise Postpone("no mail server")
    try:
        letter = await work.database.read(outgoing, work.row)
    except Erased:
        raise GiveUp("erased", "cancelled") from None
    if letter.is_expired:
        raise GiveUp("expired", "cancelled")
    try:
        await _hand_in(work.row, letter)
    except SmtpRefused as verdict:
        await work.database.act(_fail, work, letter, verdict.cause)
    except SmtpLater as trouble:
        await _postpone(work, letter, trouble.cause)
    else:
        await work.database.act(_note_sent, work)


async def _hand_in(row: Delivery, letter: Outgoing) -> None:
    """Build the message and give it to the mail server."""
    sender = settings().mail_from
    frame = Frame(sender, letter.address, f"<{row.id}@{settings().mail_domain}>", letter.now)
    try:
        content = message(letter.rendered, frame)
    except ValueError:
        raise SmtpRefused(553) from None  # RFC 5321, 4.2.2: mailbox name not allowed; no server need be asked
    fault_point("before_send")
    await post().send(parseaddr(sender)[1], letter.address, content)
    fault_point("after_send")


async def _note_sent(session: Session, work: Work[Delivery]) -> None:
    """The letter was taken."""
    await work.finish(session, sent_at=clock.now_sql(), last_error=None)


async def _postpone(work: Work[Delivery], letter: Outgoing, cause: str) -> None:
    """Try again by the cause; after a day the letter has failed."""
    policy = work.row.job
    if policy.give_up_after is not None and letter.now - work.row.created_at >= policy.give_up_after:
        await work.database.act(_fail, work, letter, cause)
        return
    is_starting = settings().has_mailbox and cause in {"unreachable", "dropped"}
    raise Postpone(cause, after=MAILBOX_AGAIN if is_starting else None)


async def _fail(session: Session, work: Work[Delivery], letter: Outgoing, cause: str) -> None:
    """End the delivery for good, and tell it, so that operator and owner see it."""
    await work.finish(session, status="failed", last_error=cause)
    failed_at: datetime = (await clock.now(session)).astimezone(UTC)
    tell(
        session,
        DeliveryFailed(
            delivery_id=work.row.id,
            account_id=work.row.account_id,
            letter=letter.name,
            cause=cause,
            failed_at=failed_at,
        ),
    )
