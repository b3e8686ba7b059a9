"""Accounts (帐号): search, one in detail, disabled, unlocked, or sent a link for a new password."""

from collections.abc import Mapping

from services.gateway.portal.admin.forms import Problem, asked, done, listing, read
from services.gateway.portal.answers import items_of, must
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.texts import _

KINDS: Mapping[str, str] = {
    "applicant": _("申报人"),
    "reviewer": _("审核人员"),
    "administrator": _("管理员"),
    "operator": _("运维人员"),
}
STATES: Mapping[str, str] = {
    "enabled": _("正常"),
    "disabled": _("已停用"),
    "locked": _("已锁定"),
    "never_logged_in": _("从未登录"),
}
DONE: Mapping[str, str] = {
    "disabled": _("帐号已停用，其登录已全部结束。"),
    "enabled": _("帐号已重新启用。"),
    "unlocked": _("帐号已解锁，可以重新登录。"),
    "reset": _("重置密码的链接已发送到其登记的邮箱。"),
    "passkeys": _("其证书已全部停用，登录已结束；可用密码登录后重新添加证书。"),
}


@for_administrators
async def accounts(visit: Visit) -> Shown:
    """The list with its filters."""
    wanted = asked(visit.query, "query", "kind", "state", "programme", "organization_id", "cursor")
    listed, programmes = await read(visit, ("auth", listing("/admin/accounts", wanted)), ("profile", "/programmes"))
    values = {
        "page": must(listed),
        "asked": wanted,
        "kinds": KINDS,
        "states": STATES,
        "programmes": items_of(programmes) or [],
    }
    return Shown("admin/accounts.html", values)


@for_administrators
async def account(visit: Visit) -> Shown:
    """One account with its logins and sessions."""
    return await _one(visit, None, 200)


async def _one(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The page of one."""
    found, programmes = await read(
        visit, ("auth", f"/admin/accounts/{visit.identifier('account_id')}"), ("profile", "/programmes")
    )
    values = {
        "account": must(found),
        "kinds": KINDS,
        "programmes": items_of(programmes) or [],
        "problem": problem,
        "done": DONE.get(visit.query.get("done", "")) if problem is None else None,
    }
    return Shown("admin/account.html", values, status)


@for_administrators
async def switch(visit: Visit) -> Shown:
    """Disable an account, or enable it again."""
    path = f"/admin/accounts/{visit.identifier('account_id')}"
    disabled = visit.form.get("disabled") == "true"
    told = "disabled" if disabled else "enabled"
    return await done(visit, ("auth", "PATCH", path, {"disabled": disabled}), path, told, _one)


@for_administrators
async def unlock(visit: Visit) -> Shown:
    """Let somebody try again who mistyped too often."""
    path = f"/admin/accounts/{visit.identifier('account_id')}"
    return await done(visit, ("auth", "POST", f"{path}/unlock", None), path, "unlocked", _one)


@for_administrators
async def reset(visit: Visit) -> Shown:
    """Send a link that sets a new password."""
    path = f"/admin/accounts/{visit.identifier('account_id')}"
    return await done(visit, ("auth", "POST", f"{path}/reset", None), path, "reset", _one)


@for_administrators
async def revoke_passkeys(visit: Visit) -> Shown:
    """Revoke the passkeys of somebody who has lost them."""
    path = f"/admin/accounts/{visit.identifier('account_id')}"
    return await done(visit, ("auth", "DELETE", f"{path}/passkeys", None), path, "passkeys", _one)
