"""Pages about passwords and addresses: change, forget, set anew by a letter's link, confirm an address."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.captchas import new_captcha
from services.gateway.portal.visit import NO_REFERRER, Shown, Visit, go_to, log_in_first
from shared.contracts.refusals import Unauthenticated
from shared.contracts.texts import _

NO_CONTENT, ACCEPTED, GONE, INVALID = 204, 202, 410, 422
UNEQUAL = _("两次输入的新密码不一致。")


def _unequal(visit: Visit) -> dict[str, Any] | None:
    """What is wrong where the new password was not typed twice alike, in the shape of a service's problem."""
    if visit.form.get("new_password", "") == visit.form.get("new_password_again", ""):
        return None
    return {"errors": [{"field": "new_password_again", "message": UNEQUAL}]}


async def change_form(visit: Visit) -> Shown:
    """The form that changes one's password."""
    return Shown("password.html", {"problem": None}) if visit.is_known else log_in_first(visit)


async def change(visit: Visit) -> Shown:
    """Change one's password; every other session ends."""
    if not visit.is_known:
        raise Unauthenticated
    status, problem = INVALID, _unequal(visit)
    if problem is None:
        body = {name: visit.form.get(name, "") for name in ("current_password", "new_password")}
        reply = await visit.ask("auth", "POST", "/me/password", body)
        status, problem = reply.status, reply.content
    if status == NO_CONTENT:
        sentence = _("新密码已生效，您在其他设备上的登录已全部退出。")
        return _told(_("密码已修改"), sentence, link=("/welcome", _("继续")))
    return Shown("password.html", {"problem": problem}, status)


async def forgot_form(visit: Visit) -> Shown:
    """The form that asks for a link."""
    return await _forgot(visit)


async def forgot(visit: Visit) -> Shown:
    """Ask for a link; it is mailed when username and address belong together."""
    if visit.form.get("another_captcha"):
        return await _forgot(visit)
    fields = ("username", "email", "captcha_id", "captcha_text")
    body = {name: visit.form[name] for name in fields if visit.form.get(name)}
    reply = await visit.ask("auth", "POST", "/password-resets", {"username": "", "email": ""} | body)
    if reply.status != ACCEPTED:
        return await _forgot(visit, reply.status, reply.content)
    sentence = _("如填写的信息无误，重置密码的链接已发送到登记的邮箱，30 分钟内有效，且只能使用一次。")
    return _told(_("请查收邮件"), sentence)


async def _forgot(visit: Visit, status: int = 200, problem: Any = None) -> Shown:  # noqa: ANN401 - JSON
    """The form, with what went wrong."""
    filled = {name: visit.form.get(name, "") for name in ("username", "email")}
    captcha = await new_captcha(visit)
    values = {"captcha": captcha, "filled": filled, "problem": problem}
    return Shown("forgot.html", values, status, headers=(captcha.policy,) if captcha else ())


async def reset_form(visit: Visit) -> Shown:
    """The form behind a letter's link. Whether the link lives is found out only by using it."""
    return _reset(visit)


async def reset(visit: Visit) -> Shown:
    """Set a new password by the link; then on to an address that says nothing of it."""
    problem = _unequal(visit)
    if problem is not None:
        return _reset(visit, INVALID, problem)
    path = f"/password-resets/{visit.parameters['token']}"
    reply = await visit.ask("auth", "POST", path, {"new_password": visit.form.get("new_password", "")})
    if reply.status == NO_CONTENT:
        return go_to("/reset/done", NO_REFERRER)
    if reply.status in {GONE, 404}:
        sentence = _("链接已使用、已过期或不完整。重置密码的链接 30 分钟内有效，且只能使用一次，请重新申请。")
        return _told(_("链接已失效"), sentence, GONE, link=("/forgot", _("重新申请")))
    return _reset(visit, reply.status, reply.content)


async def reset_done(_visit: Visit) -> Shown:
    """The password has been set."""
    return _told(_("密码已重设"), _("请使用新密码登录。您在其他设备上的登录已全部退出。"), link=("/login", _("登录")))


def _reset(visit: Visit, status: int = 200, problem: Mapping[str, Any] | None = None) -> Shown:
    """The form for a new password."""
    values = {"action": f"/reset/{visit.parameters['token']}", "problem": problem}
    return Shown("reset.html", values, status, headers=(NO_REFERRER,))


async def email_form(visit: Visit) -> Shown:
    """The button that confirms an address: following a link alone changes nothing, since mail scanners follow it."""
    action = f"/email-confirmations/{visit.parameters['token']}"
    return Shown("confirm_email.html", {"action": action}, headers=(NO_REFERRER,))


async def confirm_email(visit: Visit) -> Shown:
    """Confirm the address by the link."""
    reply = await visit.ask("auth", "POST", f"/me/email-confirmations/{visit.parameters['token']}")
    if reply.status == NO_CONTENT:
        return _told(_("邮箱已确认"), _("今后的通知将发送到新的邮箱。"))
    return _told(_("链接已失效"), _("链接已使用、已过期或不完整，请登录后重新填写邮箱。"), GONE)


def _told(title: str, sentence: str, status: int = 200, link: tuple[str, str] = ("/", _("返回首页"))) -> Shown:
    """A page that says one thing."""
    return Shown("told.html", {"title": title, "sentence": sentence, "link": link}, status, headers=(NO_REFERRER,))
