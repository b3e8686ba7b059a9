"""The audit trail (审计): who did what, to whom, when; searched and exported. Personal numbers, shown for a reason."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from services.gateway.portal.admin.forms import Problem, asked, listing, read
from services.gateway.portal.answers import BROKEN, NOT_FOUND, items_of, must, shown_of
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.refusals import Unavailable
from shared.contracts.texts import _

CREATED = 201
FILTERS = ("actor", "action", "subject_kind", "subject", "programme", "from", "to")
NOBODY: Mapping[str, str] = {"detail": _("没有找到该帐号的档案。")}


@for_administrators
async def audit(visit: Visit) -> Shown:
    """The trail with its filters."""
    wanted = asked(visit.query, *FILTERS, "cursor")
    trail, words, programmes = await read(
        visit,
        ("auth", listing("/admin/audit", wanted, 50)),
        ("auth", "/admin/audit/actions"),
        ("profile", "/programmes"),
    )
    known = shown_of(words) or {}
    without = {name: value for name, value in wanted.items() if name != "cursor"}
    values = {
        "page": must(trail),
        "asked": wanted,
        "export": f"/api/v1/admin/audit.xlsx?{urlencode(without)}",
        "actions": known.get("items", []),
        "kinds": known.get("kinds", []),
        "programmes": items_of(programmes) or [],
    }
    return Shown("admin/audit.html", values)


@for_administrators
async def reveals(visit: Visit) -> Shown:
    """The form that asks for a personal number, with the reason."""
    return await _reveals(visit)


@for_administrators
async def reveal(visit: Visit) -> Shown:
    """Show a personal number once; who, whose and why is kept, and its owner can see it."""
    body = {name: visit.form.get(name, "").strip() for name in ("account_id", "field", "reason")}
    reply = await visit.ask("profile", "POST", "/admin/reveals", body)
    if reply.status == CREATED:
        return await _reveals(visit, shown=reply.content)
    if reply.status >= BROKEN:
        raise Unavailable(retry_after=3)
    problem = NOBODY if reply.status == NOT_FOUND else reply.content or {}
    return await _reveals(visit, problem, reply.status)


async def _reveals(
    visit: Visit, problem: Problem | None = None, status: int = 200, shown: dict[str, Any] | None = None
) -> Shown:
    """The page, with what was found."""
    who = visit.query.get("who", "").strip()[:100]
    search = urlencode({"query": who, "kind": "applicant", "limit": "10"})
    fields, people, trail, programmes = await read(
        visit,
        ("profile", "/admin/reveals/fields"),
        ("auth", f"/admin/accounts?{search}") if who else None,
        ("auth", "/admin/audit?action=value_revealed&limit=10"),
        ("profile", "/programmes") if shown else None,
    )
    known = items_of(programmes) or []
    values = {
        "fields": must(fields)["items"],
        "who": who,
        "people": items_of(people) if who else None,
        "past": items_of(trail) or [],
        "filled": visit.form,
        "shown": shown,
        "programmes": known,
        "sections": {
            (one["programme"], part["section"]): part["title"] for one in known for part in one.get("sections", ())
        },
        "problem": problem,
    }
    return Shown("admin/reveals.html", values, status)
