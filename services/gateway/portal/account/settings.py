"""One's own account (账户设置): telephone, language, how letters come, address, sessions, passkeys."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import orjson

from services.gateway.actions.ask import Reply
from services.gateway.portal.answers import gather, items_of, shown_of
from services.gateway.portal.guards import for_persons
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Missing, Unavailable
from shared.contracts.texts import _

OK, CREATED, ACCEPTED, NO_CONTENT, INVALID = 200, 201, 202, 204, 422
DONE: Mapping[str, str] = {
    "saved": _("设置已保存。"),
    "email": _("确认链接已发送到新的邮箱，打开链接并确认后生效；在此之前通知仍发送到原邮箱。"),
    "ended": _("该设备上的登录已结束。"),
    "passkey-added": _("证书已添加，下次可选择“有证书”登录。"),
    "passkey-renamed": _("证书名称已修改。"),
    "passkey-revoked": _("证书已停用，用它建立的登录已结束。"),
}
NOT_GIVEN = _("没有收到证书。请用支持通行密钥的浏览器，按提示操作后重试。")


@for_persons
async def account(visit: Visit) -> Shown:
    """The page."""
    return await _page(visit)


@for_persons
async def change(visit: Visit) -> Shown:
    """Keep telephone, language and mail mode."""
    body = {name: visit.form[name] for name in ("mobile", "language", "mail_mode") if visit.form.get(name)}
    reply = await visit.ask("auth", "PATCH", "/me", body)
    return await _after(visit, reply, OK, "saved", "settings")


@for_persons
async def change_email(visit: Visit) -> Shown:
    """Ask for letters at another address."""
    body = {name: visit.form.get(name, "") for name in ("email", "current_password")}
    return await _after(visit, await visit.ask("auth", "PUT", "/me/email", body), ACCEPTED, "email", "email")


@for_persons
async def end_session(visit: Visit) -> Shown:
    """End one of one's sessions."""
    reply = await visit.ask("auth", "DELETE", f"/me/sessions/{visit.identifier('session_id')}")
    return await _after(visit, reply, NO_CONTENT, "ended", "sessions")


@for_persons
async def add_passkey(visit: Visit) -> Shown:
    """Keep a passkey that the browser has made."""
    try:
        credential = orjson.loads(visit.form.get("credential", ""))
    except orjson.JSONDecodeError:
        return await _page(visit, {"detail": NOT_GIVEN, "form": "passkeys"}, INVALID)
    body = {
        "challenge_id": visit.form.get("challenge_id", ""),
        "name": visit.form.get("name", ""),
        "credential": credential,
    }
    reply = await visit.ask("auth", "POST", "/me/passkeys", body)
    return await _after(visit, reply, CREATED, "passkey-added", "passkeys")


@for_persons
async def rename_passkey(visit: Visit) -> Shown:
    """Call a passkey something else."""
    path = f"/me/passkeys/{visit.identifier('passkey_id')}"
    reply = await visit.ask("auth", "PATCH", path, {"name": visit.form.get("name", "")})
    return await _after(visit, reply, OK, "passkey-renamed", "passkeys")


@for_persons
async def revoke_passkey(visit: Visit) -> Shown:
    """Let a passkey open nothing any more."""
    reply = await visit.ask("auth", "DELETE", f"/me/passkeys/{visit.identifier('passkey_id')}")
    return await _after(visit, reply, NO_CONTENT, "passkey-revoked", "passkeys")


async def _after(visit: Visit, reply: Reply, good: int, done: str, form: str) -> Shown:
    """Back to the page when it is done; else the page with what was wrong at its form."""
    if reply.status == good:
        return go_to(f"/account?done={quote(done)}")
    if reply.status == 404:  # noqa: PLR2004 - Not Found
        raise Missing
    return await _page(visit, {**(reply.content or {}), "form": form}, reply.status)


async def _page(visit: Visit, problem: Mapping[str, Any] | None = None, status: int = 200) -> Shown:
    """Everything about one's account, in one round."""
    me, sessions, passkeys = await gather(visit, ("auth", "/me"), ("auth", "/me/sessions"), ("auth", "/me/passkeys"))
    mine = shown_of(me)
    if mine is None:
        raise Unavailable(members={"part": "auth"}, retry_after=3)
    kept = shown_of(passkeys)
    values = {
        "me": mine,
        "sessions": items_of(sessions) or [],
        "passkeys": kept["items"] if kept and "items" in kept else None,
        "passkey_required": bool(kept and kept.get("required")),
        "problem": problem,
        "filled": visit.form,
        "done": DONE.get(visit.query.get("done", "")) if problem is None else None,
    }
    return Shown("account/account.html", values, status)
