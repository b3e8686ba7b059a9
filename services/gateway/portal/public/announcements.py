"""Announcements (通知公告), for everybody: the list with its search, and one to read."""

from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from services.gateway.portal.public.asking import gather, items_of, shown_of
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.refusals import Missing, Unavailable

OK, NOT_FOUND = 200, 404
CATEGORIES = ("notice", "policy", "publicity", "guide", "maintenance")
SIZE = 15


async def announcements(visit: Visit) -> Shown:
    """The list, pinned ones first, with what was searched for."""
    asked = {
        name: visit.query[name].strip()[:100] for name in ("query", "programme", "cursor") if visit.query.get(name)
    }
    if visit.query.get("category") in CATEGORIES:
        asked["category"] = visit.query["category"]
    if visit.is_known and visit.query.get("unread"):
        asked["unread"] = "true"
    listed, programmes = await gather(
        visit, ("notify", f"/announcements?{urlencode({**asked, 'limit': SIZE})}"), ("profile", "/programmes")
    )
    if listed is None or listed.status != OK:
        raise Unavailable(members={"part": "notify"}, retry_after=3)
    values = {
        "page": listed.content,
        "asked": asked,
        "categories": CATEGORIES,
        "programmes": items_of(programmes) or [],
    }
    return Shown("public/announcements.html", values)


async def announcement(visit: Visit) -> Shown:
    """One announcement; reading it while logged in marks it read."""
    identifier = visit.identifier("announcement_id")
    found, programmes = await gather(visit, ("notify", f"/announcements/{identifier}"), ("profile", "/programmes"))
    if found is None:
        raise Unavailable(members={"part": "notify"}, retry_after=3)
    if found.status == NOT_FOUND:
        raise Missing
    read: dict[str, Any] | None = shown_of(found)
    if read is None:
        raise Unavailable(members={"part": "notify"}, retry_after=3)
    html = Markup(read["html"])  # noqa: S704 - notify has cleaned it to a list of harmless elements
    return Shown(
        "public/announcement.html", {"announcement": read | {"html": html}, "programmes": items_of(programmes) or []}
    )
