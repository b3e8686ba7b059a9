"""A decision as the desk's form sends it: for a browser without scripts a page, for a script a sentence."""

from typing import Any

import orjson

from services.gateway.actions.ask import Reply
from services.gateway.portal.answers import Json, accepted, is_id, once_only
from services.gateway.portal.drawing import moment
from services.gateway.portal.guards import for_reviewers
from services.gateway.portal.reviewer.desk import desk
from services.gateway.portal.reviewer.filters import address, wanted
from services.gateway.portal.reviewer.pins import remarks_of
from services.gateway.portal.visit import Filled, Shown, Visit, go_to
from shared.contracts.texts import _
from shared.kit.texts import translate

JSON_TYPE = (b"content-type", b"application/json")
ALREADY = _("{name}（{organization}）已于 {at} 处理：{decision}。您的意见没有提交。")
NEWER = _("申报人已提交新的版本，请看过新版本再作决定。您写的意见仍保留在下方。")
VERDICTS = {"approve": _("通过"), "return": _("退回")}


@for_reviewers
async def decide(visit: Visit) -> Shown:
    """Send the decision on, and go on to the next case."""
    case_id, filters = visit.identifier("case_id"), wanted(visit.query)
    reply = await visit.ask(
        "review", "POST", f"/review/cases/{case_id}/decisions", body_of(visit.form), once_only(visit.form)
    )
    is_done = accepted(reply)
    if _wants_words(visit):
        return _words(visit, reply, is_done=is_done)
    if not is_done:
        return await desk(visit, told(visit, reply), reply.status)
    goal = visit.form.get("next", "")
    path = f"/review/cases/{goal}" if is_id(goal) else "/review"
    return go_to(address(path, filters, done=visit.form.get("decision", "approve")))


def body_of(form: Filled) -> dict[str, Any]:
    """The decision in the words of the API; what was left empty is left out."""
    body: dict[str, Any] = {
        "decision": "return" if form.get("decision") == "return" else "approve",
        "version": int(form["version"]) if form.get("version", "").isdecimal() else 0,
        "remarks": remarks_of(form),
    }
    said = {name: form.get(name, "").strip() for name in ("comment", "category")}
    if body["decision"] == "return":
        said["category"] = ""
    return body | {name: words for name, words in said.items() if words}


def told(visit: Visit, reply: Reply) -> Json:
    """What was wrong with a decision, kindly: who decided meanwhile, and when; that there is a newer version."""
    problem = dict(reply.content or {})
    if problem.get("code") == "already_decided" and isinstance(problem.get("decided_by"), dict):
        by, at = problem["decided_by"], moment(problem.get("decided_at"))
        organization = by.get("organization")
        name = organization.get("name") if isinstance(organization, dict) else organization
        verdict = translate(VERDICTS.get(problem.get("decision", ""), ""), visit.exchange.language)
        values = {"name": by.get("name") or "", "organization": name or "", "at": at, "decision": verdict}
        problem["detail"] = translate(ALREADY, visit.exchange.language, **values)
    elif problem.get("code") == "version_superseded":
        problem["detail"] = translate(NEWER, visit.exchange.language)
    return problem


def _wants_words(visit: Visit) -> bool:
    """Whether a script asks, which goes on by itself."""
    return "application/json" in (visit.exchange.header(b"accept") or "")


def _words(visit: Visit, reply: Reply, *, is_done: bool) -> Shown:
    """What a script is told."""
    content = (
        {"done": True} if is_done else {"done": False, **{k: told(visit, reply).get(k) for k in ("code", "detail")}}
    )
    return Shown(status=200 if is_done else reply.status, content=orjson.dumps(content), headers=(JSON_TYPE,))
