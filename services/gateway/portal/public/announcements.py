"""Announcements (通知公告), for everybody: the list with its search, and one to read."""

from urllib.parse import urlencode

from markupsafe import Markup

from services.gateway.portal.answers import gather, items_of, must
from services.gateway.portal.visit import Shown, Visit

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
    values = {
        "page": must(listed, "notify"),
        "asked": asked,
        "categories": CATEGORIES,
        "programmes": items_of(programmes) or [],
    }
    return Shown("public/announcements.html", values)


async def announcement(visit: Visit) -> Shown:
    """One announcement; reading it while logged in marks it read."""
    identifier = visit.identifier("announcement_id")
    found, programmes = await gather(visit, ("notify", f"/announcements/{identifier}"), ("profile", "/programmes"))
    read = must(found, "notify")
    html = Markup(read["html"])  # noqa: S704 - notify has cleaned it to a list of harmless elements
    return Shown(
        "public/announcement.html", {"announcement": {**read, "html": html}, "programmes": items_of(programmes) or []}
    )
