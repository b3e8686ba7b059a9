"""Telling the partner how a sharing stands at present: what to show, or to delete what it was given."""

from typing import Any

import orjson

from services.profile import clients
from services.profile.models import Sharing, SharingPush, Submission
from services.profile.queries import sharing as queries
from services.profile.settings import settings
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.jobs import GiveUp, Postpone, Work

DELETED = "expert.deleted"
GONE = frozenset({"answered_404", "answered_410"})
"""What a partner says that has nothing to delete."""


async def tell_partner(work: Work[SharingPush]) -> None:
    """Send the present state, signed; a partner that is away is tried again, for two weeks.

    The message's id is the sharing with its revision: sent twice, it is the same message. Told to delete, a partner
    that has nothing of it (404, 410) has done so.
    """
    given = settings()
    if not given.partner_url:
        raise GiveUp("no partner", "cancelled")
    message = await work.database.read(_message, work.row)
    try:
        await clients.tell_partner(
            given.partner_url,
            given.partner_secret,
            f"{message['sharing_id']}.{message['revision']}",
            int(message.pop("at")),
            orjson.dumps(message),
            may_be_local=given.installation == "local",
        )
    except clients.PartnerAway as cause:
        if message["event"] == DELETED and str(cause) in GONE:
            return
        raise Postpone(str(cause)) from cause


async def _message(session: Session, job: SharingPush) -> dict[str, Any]:
    """What the partner is told now."""
    row = await session.get_one(Sharing, job.sharing_id)
    submission = await session.get_one(Submission, row.submission_id)
    head = {
        "sharing_id": str(row.id),
        "revision": row.revision,
        "slug": row.slug,
        "url": queries.page_url(row.slug),
        "at": (await clock.now(session)).timestamp(),
    }
    if row.published is None or submission.status != "approved":
        return {**head, "event": DELETED}
    return {**head, "event": "expert.updated", "expert": await queries.expert_shown(session, row)}
