"""The list of functions (功能列表) of whoever was given an account, at the left as the second manual has it.

Notices, basic facts, password, request for a change, requests so far: on each page that the list leads to.
"""

import asyncio
from dataclasses import replace
from functools import wraps

from services.gateway.portal.answers import gather, items_of, shown_of
from services.gateway.portal.visit import Page, Shown, Visit

BESIDE = frozenset(
    {
        "/announcements",
        "/announcements/{announcement_id}",
        "/profiles/{programme}",
        "/profiles/{programme}/sharing",
        "/profiles/{programme}/accesses",
        "/password",
        "/change-requests",
        "/change-requests/new",
        "/change-requests/{record_id}",
    }
)
"""The pages that have the list beside them."""


def with_functions(page: Page) -> Page:
    """The page, beside the list where it has one: template value `functions`, the slug of the person's programme."""
    if page.path not in BESIDE:
        return page

    @wraps(page.show)
    async def show(visit: Visit) -> Shown:
        """Find out whose list it is while the page is made."""
        shown, programme = await asyncio.gather(page.show(visit), _own_programme(visit))
        return shown if programme is None else replace(shown, values={**shown.values, "functions": programme})

    return replace(page, show=show)


async def _own_programme(visit: Visit) -> str | None:
    """The programme whose account the visitor was given; None for everybody else."""
    session = visit.exchange.session
    if session is None or session.must_change_password or "applicant" not in session.roles:
        return None
    me, programmes = await gather(visit, ("auth", "/me"), ("profile", "/programmes"))
    assigned = {one["programme"] for one in items_of(programmes) or [] if one["accounts"] == "assigned"}
    own = [one["programme"] for one in (shown_of(me) or {}).get("programmes", ())]
    return next((one for one in own if one in assigned), None)
