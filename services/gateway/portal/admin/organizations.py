"""Organizations (单位): the tree by region, search, one to make, change, disable or merge into another."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.admin.forms import Do, Problem, asked, done, listing, read
from services.gateway.portal.answers import Json, items_of, must, shown_of
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.texts import _

KINDS: Mapping[str, str] = {
    "employer": _("用人单位"),
    "county_hr_bureau": _("县（市、区）人社局"),
    "county_talent_office": _("县（市、区）人才办"),
    "city_service_centre": _("市人才综合服务中心"),
    "city_talent_office": _("市人才办"),
}
DONE: Mapping[str, str] = {
    "made": _("单位已建立。"),
    "changed": _("修改已保存。"),
    "disabled": _("单位已停用，其审核人员不能再登录审核。"),
    "enabled": _("单位已重新启用。"),
    "merged": _("单位已合并，审核人员和名称已转到本单位。"),
}
FILTERS = ("query", "kind", "within", "programme", "state", "cursor")


@for_administrators
async def organizations(visit: Visit) -> Shown:
    """The list with its filters, and beside it the tree by region."""
    wanted = asked(visit.query, *FILTERS)
    wanted |= {"within": wanted["within"]} if wanted.get("within", "").isdigit() else {}
    listed, tree, programmes = await read(
        visit,
        ("auth", listing("/admin/organizations", wanted)),
        ("auth", "/admin/organizations/tree"),
        ("profile", "/programmes"),
    )
    values = {
        "page": must(listed),
        "tree": items_of(tree),
        "asked": wanted,
        "kinds": KINDS,
        "programmes": items_of(programmes) or [],
        "done": DONE.get(visit.query.get("done", "")),
    }
    return Shown("admin/organizations.html", values)


@for_administrators
async def new_organization(visit: Visit) -> Shown:
    """The empty form."""
    return await _new(visit, None, 200)


async def _new(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The form for a new one, with what was wrong."""
    (programmes,) = await read(visit, ("profile", "/programmes"))
    values = {"organization": None, "filled": visit.form, "kinds": KINDS, "problem": problem, "done": None}
    return Shown("admin/organization.html", values | {"programmes": must(programmes)["items"]}, status)


@for_administrators
async def make(visit: Visit) -> Shown:
    """Make an organization."""
    call: Do = ("auth", "POST", "/admin/organizations", _body(visit))
    return await done(visit, call, lambda made: f"/admin/organizations/{made['organization_id']}", "made", _new)


@for_administrators
async def organization(visit: Visit) -> Shown:
    """One organization: its facts, its reviewers, and what may be done with it."""
    return await _one(visit, None, 200)


async def _one(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The page of one."""
    identifier = visit.identifier("organization_id")
    found, people, programmes, work = await read(
        visit,
        ("auth", f"/admin/organizations/{identifier}"),
        ("auth", f"/admin/reviewers?organization_id={identifier}&limit=100"),
        ("profile", "/programmes"),
        ("review", f"/admin/organizations/{identifier}/handover"),
    )
    values: Json = {
        "organization": must(found),
        "filled": visit.form,
        "kinds": KINDS,
        "reviewers": items_of(people),
        "programmes": items_of(programmes) or [],
        "work": shown_of(work),
        "problem": problem,
        "done": DONE.get(visit.query.get("done", "")) if problem is None else None,
    }
    return Shown("admin/organization.html", values, status)


@for_administrators
async def change(visit: Visit) -> Shown:
    """Keep what was changed."""
    path = f"/admin/organizations/{visit.identifier('organization_id')}"
    return await done(visit, ("auth", "PATCH", path, _body(visit)), path, "changed", _one)


@for_administrators
async def switch(visit: Visit) -> Shown:
    """Disable an organization, or enable it again."""
    path = f"/admin/organizations/{visit.identifier('organization_id')}"
    disabled = visit.form.get("disabled") == "true"
    told = "disabled" if disabled else "enabled"
    return await done(visit, ("auth", "PATCH", path, {"disabled": disabled}), path, told, _one)


def _body(visit: Visit) -> dict[str, Any]:
    """What the form says of an organization."""
    form = visit.form
    return {
        "name": form.get("name", "").strip(),
        "kind": form.get("kind", ""),
        "region": form.get("region", "").strip(),
        "municipal": form.get("municipal") == "true",
        "credit_code": form.get("credit_code", "").strip() or None,
        "programmes": form.all("programmes"),
    }
