"""The start page, what a programme is about, and where somebody goes first after logging in."""

from typing import Any

from services.gateway.portal.answers import gather, items_of, shown_of
from services.gateway.portal.visit import Shown, Visit, go_to, log_in_first
from shared.contracts.refusals import Missing, Unavailable

NEWEST = 6
LATEST = 4


async def start(visit: Visit) -> Shown:
    """What the platform is for, its programmes and announcements; what cannot be told now is left out."""
    programmes, announced, me = await gather(
        visit,
        ("profile", "/programmes"),
        ("notify", f"/announcements?limit={NEWEST}"),
        ("auth", "/me") if visit.is_known else None,
    )
    values = {
        "programmes": items_of(programmes),
        "announcements": items_of(announced),
        "account": shown_of(me),
    }
    return Shown("public/start.html", values)


async def programme(visit: Visit) -> Shown:
    """One programme: who may apply, what to prepare, which tiers review, and its announcements."""
    slug = visit.parameters["programme"]
    found, announced = await gather(
        visit,
        ("profile", f"/programmes/{slug}"),
        ("notify", f"/announcements?programme={slug}&limit={LATEST}"),
    )
    if found is None:
        raise Unavailable(members={"part": "profile"}, retry_after=3)
    if found.status == 404:  # noqa: PLR2004 - Not Found
        raise Missing
    known: dict[str, Any] = found.content
    values = {"programme": known, "papers": papers(known), "announcements": items_of(announced)}
    return Shown("public/programme.html", values)


def papers(programme: dict[str, Any]) -> list[dict[str, Any]]:
    """The scans to have at hand: each section's fields that take one, those that must be there first."""
    kinds = {"photo", "scans"}
    listed = [
        {
            "title": section["title"],
            "fields": [field["title"] for field in section["fields"] if field["type"] in kinds],
            "required": not section["repeated"] or bool(section["minimum"]),
        }
        for section in programme["sections"]
    ]
    wanted = [paper for paper in listed if paper["fields"]]
    return sorted(wanted, key=lambda paper: not paper["required"])


async def welcome(visit: Visit) -> Shown:
    """The first page after a login: each role's own; the announcements where accounts are assigned (second manual)."""
    session = visit.exchange.session
    if session is None:
        return log_in_first(visit)
    if session.must_change_password:
        return go_to("/password")
    if "administrator" in session.roles:
        return go_to("/admin")
    if "reviewer" in session.roles:
        return go_to("/review")
    me, programmes = await gather(visit, ("auth", "/me"), ("profile", "/programmes"))
    assigned = {one["programme"] for one in items_of(programmes) or [] if one["accounts"] == "assigned"}
    mine = {one["programme"] for one in (shown_of(me) or {}).get("programmes", ())}
    return go_to("/announcements" if mine and mine <= assigned else "/home")
