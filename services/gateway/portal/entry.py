"""The start page, and the way in and out."""

from typing import Any

from services.gateway.actions.cookies import DEVICE, device_cookie, farewell, session_cookie
from services.gateway.portal.captchas import new_captcha
from services.gateway.portal.visit import Shown, Visit, go_to
from services.gateway.rules.words import safe_next
from shared.contracts.refusals import Refusal, Unavailable

OK, CREATED, NO_CONTENT = 200, 201, 204


async def start(visit: Visit) -> Shown:
    """What the platform is for, which programmes it runs, and where to go; without profile, without programmes."""
    account = (await visit.ask("auth", "GET", "/me")).content if visit.is_known else None
    return Shown("start.html", {"programmes": await _programmes(visit), "account": account})


async def _programmes(visit: Visit) -> list[dict[str, Any]] | None:
    """The programmes; None where profile cannot tell."""
    try:
        reply = await visit.ask("profile", "GET", "/programmes")
    except Refusal:
        return None
    return reply.content["items"] if reply.status == OK else None


async def login_form(visit: Visit) -> Shown:
    """The form that logs in."""
    return await _login(visit, safe_next(visit.query.get("next")))


async def log_in(visit: Visit) -> Shown:
    """Log in: the session goes into a cookie; who must change the password is sent there first."""
    on = safe_next(visit.form.get("next"))
    fields = ("username", "password", "captcha_id", "captcha_text")
    body = {name: visit.form[name] for name in fields if visit.form.get(name)}
    reply = await visit.ask("auth", "POST", "/sessions", {"username": "", "password": ""} | body)
    if reply.status != CREATED:
        return await _login(visit, on, reply.status, reply.content)
    settings, answer = visit.desk.settings, reply.content
    marks = [device_cookie(settings, mark)] if (mark := reply.headers.get(DEVICE)) else []
    goal = "/password" if answer["must_change_password"] else on
    return go_to(goal, session_cookie(settings, answer["access_token"]), *marks)


async def _login(visit: Visit, on: str, status: int = 200, problem: Any = None) -> Shown:  # noqa: ANN401 - JSON
    """The form, with what went wrong and what had been filled in; a captcha is never shown twice."""
    captcha, username = await new_captcha(visit), visit.form.get("username", "")
    values = {"captcha": captcha, "next": on, "username": username, "problem": problem}
    return Shown("login.html", values, status, headers=(captcha.policy,) if captcha else ())


async def log_out(visit: Visit) -> Shown:
    """End the session at once, and let the browser forget it."""
    if visit.is_known:
        reply = await visit.ask("auth", "DELETE", "/sessions/current")
        if reply.status not in {NO_CONTENT, 401}:
            raise Unavailable(members={"part": "auth"}, retry_after=3)
    return go_to("/", *farewell(visit.desk.settings))
