"""The start page, and the way in and out."""

from typing import Any

from services.gateway.actions.cookies import farewell, session_cookie
from services.gateway.portal.captchas import POLICY, new_captcha
from services.gateway.portal.visit import Shown, Visit, go_to
from services.gateway.rules.words import safe_next
from shared.contracts.refusals import Refusal, Unavailable

CREATED, NO_CONTENT = 201, 204


async def start(visit: Visit) -> Shown:
    """What the platform is for, which programmes it runs, and where to go; without profile, without programmes."""
    try:
        status, answer = await visit.ask("profile", "GET", "/programmes")
    except Refusal:
        status, answer = 503, None
    programmes = answer.get("items", []) if status == 200 and isinstance(answer, dict) else answer or []  # noqa: PLR2004 - OK
    account = (await visit.ask("auth", "GET", "/me"))[1] if visit.is_known else None
    return Shown("start.html", {"programmes": programmes if status == 200 else None, "account": account})  # noqa: PLR2004 - OK


async def login_form(visit: Visit) -> Shown:
    """The form that logs in."""
    return await _login(visit, safe_next(visit.query.get("next")))


async def log_in(visit: Visit) -> Shown:
    """Log in: the session goes into a cookie; who must change the password is sent there first."""
    on = safe_next(visit.form.get("next"))
    fields = ("username", "password", "captcha_id", "captcha_text")
    body = {name: visit.form[name] for name in fields if visit.form.get(name)}
    status, answer = await visit.ask("auth", "POST", "/sessions", {"username": "", "password": ""} | body)
    if status != CREATED:
        return await _login(visit, on, status, answer)
    goal = "/password" if answer["must_change_password"] else on
    return go_to(goal, session_cookie(visit.desk.settings, answer["access_token"]))


async def _login(visit: Visit, on: str, status: int = 200, problem: Any = None) -> Shown:  # noqa: ANN401 - JSON
    """The form, with what went wrong and what had been filled in; a captcha is never shown twice."""
    values = {
        "captcha_id": await new_captcha(visit),
        "next": on,
        "username": visit.form.get("username", ""),
        "problem": problem,
    }
    return Shown("login.html", values, status, headers=(POLICY,))


async def log_out(visit: Visit) -> Shown:
    """End the session at once, and let the browser forget it."""
    if visit.is_known:
        status, _answer = await visit.ask("auth", "DELETE", "/sessions/current")
        if status not in {NO_CONTENT, 401}:
            raise Unavailable(members={"part": "auth"}, retry_after=3)
    return go_to("/", *farewell(visit.desk.settings))
