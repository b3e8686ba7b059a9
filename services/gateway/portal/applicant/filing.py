"""Filing: the answers checked, the filing itself, its way through the tiers, and taking it back."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.answers import must, once_only
from services.gateway.portal.applicant.differing import changes_of
from services.gateway.portal.applicant.drawn import card, facts, progress_of, scans_of
from services.gateway.portal.applicant.marks import marks
from services.gateway.portal.applicant.reading import Opened, ask_with_catalogues, catalogue_of, opened
from services.gateway.portal.applicant.remarks import placed
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.refusals import Conflict, Unavailable
from shared.contracts.texts import _
from shared.kit.ids import new_id

Json = Mapping[str, Any]
OK, CREATED, CONFLICT, INVALID = 200, 201, 409, 422
TITLE = _("申报进度")
SENTENCE = _("这里显示一次申报的审核进度和退回意见，仅申报人本人登录后可见。")


@for_applicants
async def check(visit: Visit) -> Shown:
    """Everything that will be filed, in the order of the form, with what is missing."""
    return _checked(await _opened(visit))


async def _opened(visit: Visit) -> Opened:
    """The profile, and what the filing would change in the version before."""
    programme = visit.parameters["programme"]
    return await opened(visit, programme, changes=f"/profiles/{programme}/changes")


def _checked(page: Opened, problem: Json | None = None, status: int = OK) -> Shown:
    """The page of the answers."""
    listed = marks(page)
    values = {
        "opened": page,
        "marks": listed,
        "progress": progress_of(listed),
        "answers": [_part(page, section) for section in page.catalogue["sections"]],
        "missing": _missing(page),
        "changes": changes_of(page),
        "remarks": placed(page.catalogue, page.profile["remarks"], page.profile["sections"]),
        "employer": page.employer(str(page.content("basic")["values"].get("employer", ""))),
        "problem": problem,
        "key": str(new_id()),
    }
    return Shown("applicant/check.html", values, status)


def _part(page: Opened, section: Json) -> Json:
    """One section of the answers."""
    content = page.content(section["section"])
    single = not section["repeated"]
    return {
        "section": section,
        "facts": facts(page, section, content["values"]) if single else [],
        "scans": scans_of(page, section, content["values"]) if single else [],
        "cards": [] if single else [card(page, section, entry) for entry in content["entries"]],
    }


def _missing(page: Opened) -> list[Json]:
    """What is still missing, each with the place where it is filled in."""
    found: list[Json] = []
    for one in page.profile["completeness"]["missing"]:
        section = page.section(one["section"])
        field = next((f for f in section["fields"] if f["field"] == one.get("field")), None)
        at = f"{page.address}/sections/{one['section']}"
        place = f"{at}/entries/{one['entry']}" if one.get("entry") else at
        anchor = f"#{one['field']}" if field else ""
        found.append({**one, "section_title": section["title"], "link": place + anchor})
    return found


@for_applicants
async def file(visit: Visit) -> Shown:
    """File it: the declaration must be ticked, the rest is profile's to judge."""
    programme = visit.parameters["programme"]
    if not visit.form.get("declared"):
        words = _("请先勾选承诺书，再提交。")
        problem = {"errors": [{"field": "declared", "message": words}], "detail": words}
        return _checked(await _opened(visit), problem, INVALID)
    body = {"programme": programme}
    if organization := visit.form.get("organization_id"):
        body["organization_id"] = organization
    reply = await visit.ask("profile", "POST", "/submissions", body, once_only(visit.form))
    if reply.status == CREATED:
        return go_to(f"/submissions/{reply.content['submission_id']}?filed={reply.content['version']}")
    if reply.status in {CONFLICT, INVALID}:
        return _checked(await _opened(visit), reply.content, reply.status)
    raise Unavailable(members={"part": "profile"}, retry_after=3)


async def progress(visit: Visit) -> Shown:
    """How a submission stands: all tiers, remarks as a list that ticks itself, and what may be done now."""
    identifier = visit.identifier("record_id")
    session = visit.exchange.session
    if session is None:
        return Shown("stranger.html", {"title": TITLE, "sentence": SENTENCE})
    if session.must_change_password:
        return go_to("/password")
    (reply,) = await ask_with_catalogues(visit, ("profile", f"/submissions/{identifier}?include=rounds"))
    submission = must(reply, "profile")
    catalogue = await catalogue_of(visit, submission["programme"])
    now = submission.get("rounds", ())[-1:]
    timed = {**submission, "progress": now[0]["progress"]} if now else submission
    values = {
        "submission": timed,
        "expected": sum(step.get("working_days") or 0 for step in timed["progress"] if step["state"] != "done"),
        "catalogue": catalogue,
        "rounds": rounds_of(catalogue, submission),
        "remarks": placed(catalogue, submission["remarks"]),
        "filed": visit.query.get("filed"),
    }
    return Shown("applicant/progress.html", values)


def rounds_of(catalogue: Json, submission: Json) -> list[Json]:
    """The rounds before the present one, the newest first, each with its remarks in the words of their places."""
    before = submission.get("rounds", ())[:-1]
    return [{**one, "remarks": placed(catalogue, one["remarks"])} for one in reversed(before)]


@for_applicants
async def withdraw(visit: Visit) -> Shown:
    """Take the filing back, while the employer has not decided."""
    page = await opened(visit, visit.parameters["programme"])
    if page.profile["submission_id"] is None:
        raise Conflict("not_filed", _("还没有提交申报。"))
    submission_id = page.profile["submission_id"]
    reply = await visit.ask("profile", "POST", f"/submissions/{submission_id}/withdrawal")
    if reply.status == OK:
        return go_to(f"/submissions/{submission_id}")
    if reply.status == CONFLICT:
        raise Conflict(str(reply.content["code"]), str(reply.content["detail"]))
    raise Unavailable(members={"part": "profile"}, retry_after=3)
