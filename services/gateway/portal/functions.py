"""The list of functions (功能列表) of whoever was given an account, at the left as the second manual has it.

Notices, basic facts, password, request for a change, requests so far: on each page that the list leads to, and where
such a person comes by on the way (home, check, progress).
"""

import asyncio
import time
from dataclasses import replace
from functools import wraps
from uuid import UUID

from services.gateway.portal.answers import gather, items_of, shown_of
from services.gateway.portal.visit import Page, Shown, Visit

BESIDE = frozenset(
    {
        "/home",
        "/announcements",
        "/announcements/{announcement_id}",
        "/profiles/{programme}",
        "/profiles/{programme}/check",
        "/profiles/{programme}/sharing",
        "/profiles/{programme}/accesses",
        "/submissions/{record_id}",
        "/password",
        "/change-requests",
        "/change-requests/new",
        "/change-requests/{record_id}",
    }
)
"""The pages that have the list beside them."""
FRESH = 60.0
"""Seconds for which an account's programme is not asked for again."""
MOST = 10_000
"""Accounts whose programme is remembered."""
_known: dict[UUID, tuple[float, str | None]] = {}


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
    read_at, known = _known.get(session.account_id, (0.0, None))
    if read_at and time.monotonic() - read_at < FRESH:
        return known
    me, programmes = await gather(visit, ("auth", "/me"), ("profile", "/programmes"))
    assigned = {one["programme"] for one in items_of(programmes) or [] if one["accounts"] == "assigned"}
    own = [one["programme"] for one in (shown_of(me) or {}).get("programmes", ())]
    found = next((one for one in own if one in assigned), None)
    if shown_of(me) is not None and items_of(programmes) is not None:
        _keep(session.account_id, found)
    return found


def _keep(account_id: UUID, programme: str | None) -> None:
    """Remember whose list it is: it stands on every page, and hardly ever changes."""
    if len(_known) >= MOST:
        _known.clear()
    _known[account_id] = (time.monotonic(), programme)
