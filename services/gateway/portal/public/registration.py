"""Registration (个人用户注册): the programme's own fields, read by auth; what is wrong comes back at its field."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.answers import gather, items_of
from services.gateway.portal.captchas import new_captcha
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Missing, Unavailable
from shared.contracts.texts import _

CREATED, INVALID = 201, 422
OWN = ("username", "password", "password_confirm")
CAPTCHA = ("captcha_id", "captcha_text")
ANOTHER = "another_captcha"
CONSENT = _("请单独同意对敏感个人信息的处理。")
TERMS = "accept_terms"
SENSITIVE = "accept_sensitive"
Json = dict[str, Any]


async def register_form(visit: Visit) -> Shown:
    """The form of the programme that was chosen; of the first that is open to everyone where none was."""
    return await _form(visit, await _programme(visit, visit.query.get("programme")))


async def register(visit: Visit) -> Shown:
    """Register: the new account is sent to the login, as the manual has it."""
    programme = await _programme(visit, visit.form.get("programme"))
    if visit.form.get(ANOTHER):
        return await _form(visit, programme)
    reply = await visit.ask("auth", "POST", "/registrations", _body(visit.form, programme))
    if reply.status == CREATED:
        return go_to(f"/login?registered={reply.content['username']}")
    problem = _in_order(_with_consent(visit.form, dict(reply.content)), programme)
    return await _form(visit, programme, reply.status, problem)


def _body(form: Mapping[str, str], programme: Json) -> Json:
    """What auth is told. Without the consent to sensitive information the terms count as refused: nothing is opened."""
    fields = [field["field"] for field in programme["registration"]["fields"]]
    texts = {name: form.get(name, "") for name in (*OWN, *fields)}
    captcha = {name: form[name] for name in CAPTCHA if form.get(name)}
    agreed = bool(form.get(TERMS)) and bool(form.get(SENSITIVE))
    return {"programme": programme["programme"], **texts, **captcha, TERMS: agreed}


def _with_consent(form: Mapping[str, str], problem: Json) -> Json:
    """The problem, with each of the two consents blamed for itself alone."""
    errors = [error for error in problem.get("errors", ()) if error.get("field") != TERMS or not form.get(TERMS)]
    if problem.get("errors") and not form.get(SENSITIVE):
        errors.append({"field": SENSITIVE, "code": "consent_missing", "message": CONSENT})
    if problem.get("code") == "username_taken" and not errors:
        errors.append({"field": "username", "code": "username_taken", "message": problem["detail"]})
    return {**problem, "errors": errors}


def _in_order(problem: Json, programme: Json) -> Json:
    """The problem, told from the page's top to its end."""
    fields = [field["field"] for field in programme["registration"]["fields"]]
    places = {name: place for place, name in enumerate((*OWN, *fields, TERMS, SENSITIVE, *CAPTCHA))}
    return {**problem, "errors": sorted(problem["errors"], key=lambda error: places.get(error.get("field"), -1))}


async def _programme(visit: Visit, slug: str | None) -> Json:
    """The programme to register for; Missing where people cannot register for it themselves."""
    (reply,) = await gather(visit, ("profile", "/programmes"))
    programmes = items_of(reply)
    if programmes is None:
        raise Unavailable(members={"part": "profile"}, retry_after=3)
    is_open = [one for one in programmes if one["accounts"] == "self_registered" and one["registration"]]
    for one in is_open:
        if slug in {None, one["programme"]}:
            return {**one, "others": [other for other in is_open if other is not one]}
    raise Missing


async def _form(visit: Visit, programme: Json, status: int = 200, problem: Json | None = None) -> Shown:
    """The form, with what went wrong and what had been filled in; never the passwords, and never a captcha twice."""
    captcha = await new_captcha(visit)
    filled = {name: value for name, value in visit.form.items() if "password" not in name}
    values = {"programme": programme, "captcha": captcha, "filled": filled, "problem": problem}
    return Shown("public/register.html", values, status, headers=(captcha.policy,) if captcha else ())
