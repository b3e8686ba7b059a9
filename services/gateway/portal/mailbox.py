"""The built-in mailbox of a local installation, for people; tests read its JSON."""

from urllib.parse import urlencode

from services.gateway.portal.visit import Shown, Visit
from shared.contracts.refusals import Unavailable

SHOWN = 100


async def letters(visit: Visit) -> Shown:
    """The newest letters, of one recipient or subject where asked for."""
    asked = {name: visit.query[name] for name in ("to", "subject") if visit.query.get(name)}
    query = f"?{urlencode(asked)}" if asked else ""
    reply = await visit.ask("notify", "GET", f"/dev/mailbox/messages{query}")
    if reply.status != 200:  # noqa: PLR2004 - OK
        raise Unavailable(members={"part": "notify"}, retry_after=3)
    found = reply.content["items"]
    return Shown("mailbox.html", {"letters": found[:SHOWN], "total": len(found), "asked": asked})
