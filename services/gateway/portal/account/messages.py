"""Messages (消息): the portal's copies of one's letters, with marks for what is unread."""

from urllib.parse import urlencode

from services.gateway.portal.guards import for_persons
from services.gateway.portal.visit import Shown, Visit, go_to
from services.gateway.rules.words import safe_next
from shared.contracts.refusals import Missing, Unavailable

OK, NOT_FOUND = 200, 404
SIZE = 20


@for_persons
async def messages(visit: Visit) -> Shown:
    """The inbox, newest first; only what is unread where asked for."""
    asked = {name: visit.query[name] for name in ("cursor",) if visit.query.get(name)}
    if visit.query.get("unread"):
        asked["unread"] = "true"
    reply = await visit.ask("notify", "GET", f"/messages?{urlencode({**asked, 'limit': str(SIZE)})}")
    if reply.status != OK:
        raise Unavailable(members={"part": "notify"}, retry_after=3)
    return Shown("account/messages.html", {"page": reply.content, "asked": asked})


@for_persons
async def open_message(visit: Visit) -> Shown:
    """Mark a message read, and go where it leads."""
    reply = await visit.ask("notify", "POST", f"/messages/{visit.identifier('message_id')}/read")
    if reply.status == NOT_FOUND:
        raise Missing
    if reply.status != OK:
        raise Unavailable(members={"part": "notify"}, retry_after=3)
    return go_to(safe_next(visit.form.get("next")) if visit.form.get("next") else "/messages")


@for_persons
async def read_all(visit: Visit) -> Shown:
    """Mark all of one's messages read."""
    reply = await visit.ask("notify", "POST", "/messages/read")
    if reply.status != OK:
        raise Unavailable(members={"part": "notify"}, retry_after=3)
    return go_to("/messages")
