"""What becomes of an organization's work: its open cases handed to another, or the whole of it merged into another."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from services.gateway.portal.admin.forms import Do, Problem, done, read
from services.gateway.portal.answers import Json, items_of, must, shown_of
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.texts import _

HANDOVER, MERGE = "admin/handover.html", "admin/merge.html"
SHOWN = 20
NOBODY_CHOSEN = _("请选择一个单位。")
INVALID = 422
ENDED = frozenset({"done", "failed"})


@for_administrators
async def handover(visit: Visit) -> Shown:
    """What waits there, what will come, and who could take it."""
    return await _page(visit, HANDOVER, None, 200)


@for_administrators
async def hand_over(visit: Visit) -> Shown:
    """Hand the open work over, and follow it."""
    if not visit.form.get("to"):
        return await _page(visit, HANDOVER, _nobody("to"), INVALID)
    path = f"/admin/organizations/{visit.identifier('organization_id')}/handover"
    body = {"to": visit.form["to"], "approved": visit.form.get("approved") == "true"}
    call: Do = ("review", "POST", path, body)
    return await done(visit, call, lambda asked: f"/admin/handovers/{asked['handover_id']}", "asked", _handover_again)


async def _handover_again(visit: Visit, problem: Problem, status: int) -> Shown:
    """The same page with why it was not done."""
    return await _page(visit, HANDOVER, problem, status)


@for_administrators
async def merging(visit: Visit) -> Shown:
    """What a merger would move, and into whom it could be."""
    return await _page(visit, MERGE, None, 200)


@for_administrators
async def merge(visit: Visit) -> Shown:
    """Merge it into another: reviewers, name and open work go there, and it is disabled."""
    if not visit.form.get("into"):
        return await _page(visit, MERGE, _nobody("into"), INVALID)
    path = f"/admin/organizations/{visit.identifier('organization_id')}/merge"
    call: Do = ("auth", "POST", path, {"into": visit.form["into"]})
    return await done(
        visit, call, lambda into: f"/admin/organizations/{into['organization_id']}", "merged", _merge_again
    )


def _merged_into(other: Json) -> str:
    """The page of the organization that goes on."""
    return f"/admin/organizations/{other['organization_id']}"


async def _merge_again(visit: Visit, problem: Problem, status: int) -> Shown:
    """The same page with why it was not done."""
    return await _page(visit, MERGE, problem, status)


@for_administrators
async def one_handover(visit: Visit) -> Shown:
    """How far a handover has come; the page renews itself until it is through."""
    (found,) = await read(visit, ("review", f"/admin/handovers/{visit.identifier('handover_id')}"))
    kept = must(found)
    return Shown("admin/handover_run.html", {"handover": kept, "busy": kept["state"] not in ENDED})


def _nobody(field: str) -> Problem:
    """What is wrong where no organization was chosen."""
    return {"errors": [{"field": field, "message": NOBODY_CHOSEN}]}


async def _page(visit: Visit, template: str, problem: Problem | None, status: int) -> Shown:
    """The page of one organization: what it has to do, its people, and others of its kind that match the search."""
    identifier = visit.identifier("organization_id")
    wanted = (visit.query.get("query") or visit.form.get("query", "")).strip()[:100]
    found, work, people = await read(
        visit,
        ("auth", f"/admin/organizations/{identifier}"),
        ("review", f"/admin/organizations/{identifier}/handover"),
        ("auth", f"/admin/reviewers?organization_id={identifier}&limit=100"),
    )
    kept = must(found)
    values = {
        "organization": kept,
        "work": shown_of(work),
        "reviewers": items_of(people) or [],
        "wanted": wanted,
        "candidates": await _candidates(visit, kept, wanted),
        "chosen": visit.form.get("to") or visit.form.get("into"),
        "keeps": problem is not None and visit.form.get("approved") != "true",
        "problem": problem,
    }
    return Shown(template, values, status)


async def _candidates(visit: Visit, kept: Json, wanted: str) -> list[Json]:
    """Enabled organizations of its kind; offices of the same region alone."""
    limits: Mapping[str, Any] = {} if kept["kind"] == "employer" else {"within": kept["region"]}
    search = {"kind": kept["kind"], "state": "enabled", "limit": SHOWN + 1, **limits}
    if wanted:
        search["query"] = wanted
    reply = await visit.ask("auth", "GET", f"/admin/organizations?{urlencode(search)}")
    others = [one for one in items_of(reply) or [] if one["organization_id"] != kept["organization_id"]]
    return others[:SHOWN]
