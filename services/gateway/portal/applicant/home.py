"""The applicant's home: the one next action of each programme, and the latest news."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.answers import items, must
from services.gateway.portal.applicant.drawn import progress_of
from services.gateway.portal.applicant.marks import marks
from services.gateway.portal.applicant.reading import Opened, ask_with_catalogues, catalogue_of
from services.gateway.portal.applicant.remarks import placed
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.visit import Shown, Visit, go_to

Json = Mapping[str, Any]
NEWS = 3
PROFILES = "/profiles?include=submission"


@for_applicants
async def home(visit: Visit) -> Shown:
    """What to do next."""
    me, news, own = await ask_with_catalogues(
        visit, ("auth", "/me"), ("notify", f"/announcements?limit={NEWS}"), ("profile", PROFILES)
    )
    account = must(me, "auth")
    begun = {one["programme"]: one for one in must(own, "profile")["items"]}
    cards = [await _card(visit, one["programme"], begun.get(one["programme"])) for one in account["programmes"]]
    if not cards:
        return go_to("/")
    return Shown("applicant/home.html", {"account": account, "cards": cards, "news": items(news)})


async def _card(visit: Visit, programme: str, profile: Json | None) -> Json:
    """How one programme stands; one that was not begun yet has its words alone."""
    catalogue = await catalogue_of(visit, programme)
    if profile is None:
        return {"catalogue": catalogue, "profile": None, "address": f"/profiles/{programme}"}
    page = Opened(catalogue, profile, profile.get("submission"), ())
    listed = marks(page)
    return {
        "catalogue": catalogue,
        "profile": profile,
        "submission": page.submission,
        "address": page.address,
        "progress": progress_of(listed),
        "remarks": placed(catalogue, profile["remarks"], profile["sections"]),
        "open": [mark for mark in listed if mark["state"] in {"fix", "doing", "todo"}],
    }
