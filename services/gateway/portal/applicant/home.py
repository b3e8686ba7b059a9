"""The applicant's home: the one next action of each programme, and the latest news."""

import asyncio
from collections.abc import Mapping
from typing import Any

from services.gateway.portal.answers import must
from services.gateway.portal.applicant.drawn import progress_of
from services.gateway.portal.applicant.marks import marks
from services.gateway.portal.applicant.reading import Opened, opened
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.visit import Shown, Visit, go_to

Json = Mapping[str, Any]
NEWS = 3
OK = 200


@for_applicants
async def home(visit: Visit) -> Shown:
    """What to do next."""
    me, news = await visit.ask_all(("auth", "/me"), ("notify", f"/announcements?limit={NEWS}"))
    account = must(me, "auth")
    pages = await asyncio.gather(*(opened(visit, one["programme"]) for one in account["programmes"]))
    if not pages:
        return go_to("/")
    items = news.content["items"] if news is not None and news.status == OK else []
    return Shown("applicant/home.html", {"account": account, "pages": [_card(page) for page in pages], "news": items})


def _card(page: Opened) -> Json:
    """How one programme stands."""
    listed = marks(page)
    return {"opened": page, "progress": progress_of(listed), "open": [m for m in listed if m["state"] != "done"]}
