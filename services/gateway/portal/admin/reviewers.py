"""Reviewers (审核人员): who reviews for which organization; invited, invited again, moved, disabled."""

from collections.abc import Mapping
from urllib.parse import urlencode

from services.gateway.portal.admin.forms import Do, Problem, asked, done, listing, read
from services.gateway.portal.answers import items_of, must
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.texts import _

DONE: Mapping[str, str] = {
    "invited": _("邀请信已发出，链接 7 天内有效。"),
    "again": _("邀请信已重新发出。"),
    "moved": _("审核人员已调到新的单位，其登录已结束。"),
    "changed": _("修改已保存。"),
    "disabled": _("帐号已停用。"),
    "enabled": _("帐号已重新启用。"),
}


@for_administrators
async def reviewers(visit: Visit) -> Shown:
    """The list, searched by name or username."""
    return await _list(visit, None, 200)


async def _list(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The list, with the form that invites and what was wrong with it."""
    wanted = asked(visit.query, "query", "organization_id", "cursor")
    where = visit.form.get("where", "") or visit.query.get("where", "")
    search = urlencode({"query": where.strip()[:100], "state": "enabled", "limit": "20"})
    listed, found = await read(
        visit,
        ("auth", listing("/admin/reviewers", wanted)),
        ("auth", f"/admin/organizations?{search}") if where.strip() else None,
    )
    values = {
        "page": must(listed),
        "asked": wanted,
        "filled": visit.form,
        "where": where,
        "organizations": items_of(found),
        "problem": problem,
        "done": DONE.get(visit.query.get("done", "")) if problem is None else None,
    }
    return Shown("admin/reviewers.html", values, status)


@for_administrators
async def invite(visit: Visit) -> Shown:
    """Invite somebody to review for an organization."""
    body = {name: visit.form.get(name, "").strip() for name in ("organization_id", "username", "name", "email")}
    return await done(visit, ("auth", "POST", "/admin/reviewers", body), "/admin/reviewers", "invited", _list)


@for_administrators
async def reviewer(visit: Visit) -> Shown:
    """One reviewer, to be changed or moved."""
    return await _one(visit, None, 200)


async def _one(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The page of one."""
    identifier = visit.identifier("account_id")
    where = visit.query.get("where", "").strip()[:100]
    search = urlencode({"query": where, "state": "enabled", "limit": "20"})
    account, found = await read(
        visit,
        ("auth", f"/admin/accounts/{identifier}"),
        ("auth", f"/admin/organizations?{search}") if where else None,
    )
    values = {
        "account": must(account),
        "where": where,
        "organizations": items_of(found),
        "filled": visit.form,
        "problem": problem,
        "done": DONE.get(visit.query.get("done", "")) if problem is None else None,
    }
    return Shown("admin/reviewer.html", values, status)


@for_administrators
async def change(visit: Visit) -> Shown:
    """Rename a reviewer, give another address, or move them to another organization."""
    identifier = visit.identifier("account_id")
    body = {
        name: visit.form[name].strip()
        for name in ("organization_id", "username", "name", "email")
        if visit.form.get(name, "").strip()
    }
    told = "moved" if "organization_id" in body else "changed"
    call: Do = ("auth", "PATCH", f"/admin/reviewers/{identifier}", body)
    return await done(visit, call, f"/admin/reviewers/{identifier}", told, _one)


@for_administrators
async def invite_again(visit: Visit) -> Shown:
    """Send the invitation once more."""
    path = f"/admin/reviewers/{visit.identifier('account_id')}/invitation"
    return await done(visit, ("auth", "POST", path, None), "/admin/reviewers", "again", _list)
