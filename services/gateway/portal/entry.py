"""The way in and out: by password (无证书) or by one's own certificate, a passkey (有证书)."""

from collections.abc import Mapping
from typing import Any

import orjson

from services.gateway.actions.ask import Reply
from services.gateway.actions.cookies import DEVICE, device_cookie, farewell, session_cookie
from services.gateway.portal.captchas import new_captcha
from services.gateway.portal.carrying import carried, go_on, is_first_knock
from services.gateway.portal.visit import Shown, Visit, go_to
from services.gateway.rules.words import safe_next
from shared.contracts.refusals import Unavailable
from shared.contracts.texts import _

CREATED, NO_CONTENT, INVALID, TOO_MANY = 201, 204, 422, 429
ANOTHER = "another_captcha"
MINUTE = 60
NOT_GIVEN = _("没有收到证书。请用支持通行密钥的浏览器，按提示选择证书后重试。")


async def login_form(visit: Visit) -> Shown:
    """The form that logs in."""
    return await _login(visit, safe_next(visit.query.get("next")))


async def log_in(visit: Visit) -> Shown:
    """Log in: the session goes into a cookie; who must change the password is sent there first."""
    on = safe_next(visit.form.get("next"))
    if visit.form.get(ANOTHER) or is_first_knock(visit):
        return await _login(visit, on)
    fields = ("username", "password", "captcha_id", "captcha_text")
    body = {name: visit.form[name] for name in fields if visit.form.get(name)}
    reply = await visit.ask("auth", "POST", "/sessions", {"username": "", "password": ""} | body)
    if reply.status != CREATED:
        asks_for_passkey = (reply.content or {}).get("code") == "passkey_required"
        return await _login(visit, on, reply, by="passkey" if asks_for_passkey else "")
    return await _inside(visit, on, reply)


async def log_in_by_passkey(visit: Visit) -> Shown:
    """Log in by a passkey that the browser has signed with; nobody types a name."""
    on = safe_next(visit.form.get("next"))
    try:
        credential = orjson.loads(visit.form.get("credential", ""))
    except orjson.JSONDecodeError:
        return await _login(visit, on, Reply(INVALID, {"detail": NOT_GIVEN}, {}), by="passkey")
    body = {"challenge_id": visit.form.get("challenge_id", ""), "credential": credential}
    reply = await visit.ask("auth", "POST", "/sessions/passkey", body)
    if reply.status != CREATED:
        return await _login(visit, on, reply, by="passkey")
    return await _inside(visit, on, reply)


async def _inside(visit: Visit, on: str, reply: Reply) -> Shown:
    """Hand the session over, and show the way: where one wanted to go, else each role's first page."""
    settings, answer = visit.desk.settings, reply.content
    marks = [device_cookie(settings, mark)] if (mark := reply.headers.get(DEVICE)) else []
    goal = "/password" if answer["must_change_password"] else "/welcome" if on == "/" else on
    cookies = (session_cookie(settings, answer["access_token"]), *marks)
    under_way = None if answer["must_change_password"] else await go_on(visit, answer["access_token"], cookies)
    return under_way or go_to(goal, *cookies)


async def _login(visit: Visit, on: str, reply: Reply | None = None, by: str = "") -> Shown:
    """The form, with what went wrong and what had been filled in; a captcha is never shown twice."""
    captcha = await new_captcha(visit)
    way = by or ("passkey" if visit.query.get("by") == "passkey" else "password")
    registered = visit.query.get("registered", "")[:64]
    values = {
        "captcha": captcha,
        "next": on,
        "by": way,
        "registered": registered,
        "username": visit.form.get("username", "") or registered,
        "problem": reply.content if reply else None,
        "wait": waiting(reply) if reply else None,
        **carried(visit),
    }
    headers = (captcha.policy,) if captcha else ()
    return Shown("public/login.html", values, reply.status if reply else 200, headers=headers)


def waiting(reply: Reply) -> Mapping[str, Any] | None:
    """How long a lock lasts: minutes and seconds; None where nothing is locked."""
    seconds = reply.headers.get("Retry-After", "")
    if reply.status != TOO_MANY or not seconds.isdigit():
        return None
    return {"total": int(seconds), "minutes": int(seconds) // MINUTE, "seconds": int(seconds) % MINUTE}


async def log_out(visit: Visit) -> Shown:
    """End the session at once, and let the browser forget it."""
    if visit.is_known:
        reply = await visit.ask("auth", "DELETE", "/sessions/current")
        if reply.status not in {NO_CONTENT, 401}:
            raise Unavailable(members={"part": "auth"}, retry_after=3)
    return go_to("/", *farewell(visit.desk.settings))
