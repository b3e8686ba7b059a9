"""Pages of approved people for everybody: who shares (找专家网), one expert's page, and verifying a paper's number."""

from typing import Any
from urllib.parse import quote, urlencode

import orjson
from markupsafe import Markup

from services.gateway.actions.ask import Reply
from services.gateway.portal.visit import Page, Shown, Visit
from services.gateway.rules.headers import Header
from services.gateway.rules.routes import API
from shared.contracts.refusals import Missing, Unavailable

OK, NOT_FOUND = 200, 404
LONGEST = 100
ROBOTS: tuple[Header, Header] = ((b"x-robots-tag", b"noindex, nofollow"), (b"x-robots-tag", b"all"))
# What would end a script element, or begin something in one, as JSON may write it too (HTML, 4.12.1.3).
INERT = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"))


async def experts(visit: Visit) -> Shown:
    """The list of people who share, by what was searched for."""
    query = visit.query.get("query", "").strip()[:LONGEST]
    asked = {"query": query} | ({"cursor": visit.query["cursor"]} if visit.query.get("cursor") else {})
    page = _content(await visit.ask("profile", "GET", f"/experts?{urlencode(asked)}"))
    following = urlencode({"query": query, "cursor": page["next_cursor"]}) if page["next_cursor"] else ""
    return Shown("experts/list.html", {"page": page, "query": query, "following": following})


async def expert(visit: Visit) -> Shown:
    """One person's page: exactly what is shared, for people and for machines."""
    slug = quote(visit.parameters["slug"], safe="")
    shown = _content(await visit.ask("profile", "GET", f"/experts/{slug}"))
    base = visit.desk.settings.public_url
    values = {
        "expert": shown,
        "card": f"{base}{API}/experts/{slug}/card.png",
        "photo": f"{API}/experts/{slug}/photo" if shown["photo"] else "",
        "structured": _inert(shown["structured"]),
    }
    return Shown("experts/expert.html", values, headers=(ROBOTS[shown["searchable"]],))


async def verify_form(visit: Visit) -> Shown:
    """Where a number is typed in; one that was goes to its own page."""
    number = visit.query.get("number", "").strip()[:LONGEST]
    if number:
        return Shown(status=303, location=f"/verify/{quote(number, safe='')}")
    return Shown("experts/verify.html", {"number": "", "found": None})


async def verify(visit: Visit) -> Shown:
    """What the number on a paper stands for, or that no approved one has it."""
    number = visit.parameters["number"]
    reply = await visit.ask("profile", "GET", f"/verify/{quote(number, safe='')}")
    found = None if reply.status == NOT_FOUND else _content(reply)
    status = OK if found else NOT_FOUND
    return Shown("experts/verify.html", {"number": number, "found": found}, status, headers=(ROBOTS[False],))


def _content(reply: Reply) -> Any:  # noqa: ANN401 - JSON
    """What was asked for; Missing or Unavailable where it is not to be had."""
    if reply.status == OK:
        return reply.content
    if reply.status < 500:  # noqa: PLR2004 - the client's fault: a cursor or an address that nobody gave
        raise Missing
    raise Unavailable(members={"part": "profile"}, retry_after=3)


def _inert(structured: Any) -> Markup:  # noqa: ANN401 - JSON
    """JSON that nothing in it can break out of a script element with."""
    written = orjson.dumps(structured)
    for sign, escaped in INERT:
        written = written.replace(sign, escaped)
    return Markup(written.decode())  # noqa: S704 - every sign that HTML knows was escaped just above


PAGES: tuple[Page, ...] = (
    Page("GET", "/experts", experts),
    Page("GET", "/experts/{slug}", expert),
    Page("GET", "/verify", verify_form),
    Page("GET", "/verify/{number}", verify, "verification"),
)
