"""Programmes (批次): when each takes applications, and a longer time for one person; the rest is shown, not changed."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlencode

from services.gateway.actions.ask import Packed
from services.gateway.portal.admin.forms import Do, Problem, done, read
from services.gateway.portal.admin.moments import instant
from services.gateway.portal.answers import items_of, must, shown_of
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.texts import _

INVALID = 422
NOTHING = Packed("application/json", b"null")
"""No span: what PUT takes for it is a body, too."""
OWN = "own_"
"""What the fields of a person's own form begin with."""
Again = Callable[[Visit, Problem, int], Awaitable[Shown]]
NO_INSTANT = _("时间写法如 2026-11-20 09:00。")
NO_SIDE = _("请填写截止时间，或至少填写开始时间。")
DONE: Mapping[str, str] = {
    "window": _("申报时间已保存。"),
    "open": _("申报时间已改为长期开放。"),
    "extended": _("延期已保存，已按新的时间计算。"),
    "ended": _("延期已取消。"),
}


@for_administrators
async def programmes(visit: Visit) -> Shown:
    """Every programme with its time."""
    (listed,) = await read(visit, ("profile", "/programmes"))
    return Shown("admin/programmes.html", {"programmes": must(listed)["items"]})


@for_administrators
async def programme(visit: Visit) -> Shown:
    """One programme: its time, those who have another, and what its catalogue says."""
    return await _one(visit, None, 200)


async def _one(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The page of one."""
    slug = visit.parameters["programme"]
    who = visit.query.get("who", "").strip()[:100]
    search = urlencode({"query": who, "programme": slug, "limit": "10"})
    found, window, people = await read(
        visit,
        ("profile", f"/programmes/{slug}"),
        ("profile", f"/admin/programmes/{slug}/window"),
        ("auth", f"/admin/accounts?{search}") if who else None,
    )
    kept = must(found)
    extra = shown_of(window) or {}
    values = {
        "programme": kept,
        "window": extra.get("window", kept["window"]),
        "extensions": extra.get("extensions", []),
        "who": who,
        "people": items_of(people) if who else None,
        "filled": visit.form,
        "problem": problem,
        "done": DONE.get(visit.query.get("done", "")) if problem is None else None,
    }
    return Shown("admin/programme.html", values, status)


@for_administrators
async def set_window(visit: Visit) -> Shown:
    """Set when a programme takes applications; `always` takes every limit away."""
    slug = visit.parameters["programme"]
    path = f"/admin/programmes/{slug}/window"
    return await _set(visit, path, ("window", "open"), "always", _one)


@for_administrators
async def extend(visit: Visit) -> Shown:
    """Give one person a time of their own; `end` takes it back."""
    slug = visit.parameters["programme"]
    path = f"/admin/programmes/{slug}/window/extensions/{visit.identifier('account_id')}"
    return await _set(visit, path, ("extended", "ended"), "end", _of_one_person)


async def _of_one_person(visit: Visit, problem: Problem, status: int) -> Shown:
    """The page again: what is wrong stands at the person's own form."""
    errors = [{**one, "field": f"{OWN}{one.get('field', '')}"} for one in problem.get("errors", [])]
    return await _one(visit, {**problem, "errors": errors}, status)


async def _set(visit: Visit, path: str, told: tuple[str, str], without: str, again: Again) -> Shown:
    """Keep a span, or none; `told`: what is said of either."""
    goal = f"/admin/programmes/{visit.parameters['programme']}"
    if visit.form.get(without):
        return await done(visit, ("profile", "PUT", path, NOTHING), goal, told[1], again)
    opens, closes = (visit.form.get(name, "") for name in ("opens_at", "closes_at"))
    span = {"opens_at": instant(opens), "closes_at": instant(closes, at_end=True)}
    given = {"opens_at": opens.strip(), "closes_at": closes.strip()}
    wrong = [{"field": name, "message": NO_INSTANT} for name, value in span.items() if value is None and given[name]]
    if not any(given.values()):
        wrong = [{"field": "closes_at", "message": NO_SIDE}]
    if wrong:
        return await again(visit, {"errors": wrong}, INVALID)
    call: Do = ("profile", "PUT", path, span)
    return await done(visit, call, goal, told[0], again)
