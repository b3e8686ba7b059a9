"""Holidays (节假日): the State Council's calendar of a year, and the days on which administrators know better."""

from collections.abc import Mapping
from datetime import UTC, datetime

from services.gateway.portal.admin.forms import Do, Problem, done, read
from services.gateway.portal.admin.moments import CHINA, day
from services.gateway.portal.answers import must
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit
from shared.contracts.texts import _

INVALID = 422
NO_DAY = _("日期写法如 2026-11-20。")
DONE: Mapping[str, str] = {
    "set": _("已保存，等待中的审核期限已重新计算。"),
    "removed": _("已恢复为国务院公布的安排。"),
}


@for_administrators
async def holidays(visit: Visit) -> Shown:
    """The days of a year that differ from Monday to Friday."""
    return await _page(visit, None, 200)


async def _page(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The page of a year."""
    asked = visit.query.get("year") or visit.form.get("day", "")[:4]
    year = int(asked) if asked.isdigit() and len(asked) == 4 else _this_year()  # noqa: PLR2004 - a year's digits
    (listed,) = await read(visit, ("review", f"/admin/holidays?year={year}"))
    values = {
        "year": year,
        "days": must(listed)["items"],
        "filled": visit.form,
        "problem": problem,
        "done": DONE.get(visit.query.get("done", "")) if problem is None else None,
    }
    return Shown("admin/holidays.html", values, status)


def _this_year() -> int:
    """The year that is shown first. A wrong guess costs a click, so the wall clock is good enough."""
    return datetime.now(UTC).astimezone(CHINA).year


@for_administrators
async def set_day(visit: Visit) -> Shown:
    """Say that a day is a working day, or is none."""
    on = day(visit.form.get("day", ""))
    if on is None:
        return await _page(visit, {"errors": [{"field": "day", "message": NO_DAY}]}, INVALID)
    body = {"working": visit.form.get("working") == "true", "name": visit.form.get("name", "").strip()}
    call: Do = ("review", "PUT", f"/admin/holidays/{on}", body)
    return await done(visit, call, f"/admin/holidays?year={on[:4]}", "set", _page)


@for_administrators
async def remove_day(visit: Visit) -> Shown:
    """Go back to the calendar for a day."""
    on = day(visit.parameters["day"])
    call: Do = ("review", "DELETE", f"/admin/holidays/{on}", None)
    return await done(visit, call, f"/admin/holidays?year={(on or '')[:4]}", "removed", _page)
