"""Imports (批量建号): the template, a list uploaded and judged row by row, run, its keys fetched once, taken back."""

from collections.abc import Mapping
from urllib.parse import urlencode

from services.gateway.portal.admin.forms import Do, Problem, done, listing, read
from services.gateway.portal.answers import Json, items_of, must
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.uploads import packed, received
from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.texts import _

ACCEPTED, INVALID = 202, 422
ROWS = 100
OUTCOMES = ("ready", "known", "rejected", "skipped", "created", "added", "failed", "undone")
NO_FILE = _("请选择要上传的文件。")
DONE: Mapping[str, str] = {
    "run": _("已开始开通帐号，进度会自动刷新。"),
    "undo": _("已开始撤销本次导入。"),
    "dropped": _("名单已删除，没有开通任何帐号。"),
}


@for_administrators
async def imports(visit: Visit) -> Shown:
    """The imports so far, and the form for another."""
    return await _list(visit, None, 200)


async def _list(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The page of all imports, with what was wrong with the file."""
    cursor = {"cursor": visit.query["cursor"]} if visit.query.get("cursor") else {}
    listed, programmes = await read(visit, ("auth", listing("/admin/imports", cursor)), ("profile", "/programmes"))
    known = items_of(programmes) or []
    values = {
        "page": must(listed),
        "asked": cursor,
        "programmes": sorted(known, key=lambda one: str(one["accounts"] != "assigned")),
        "problem": problem,
        "done": DONE.get(visit.query.get("done", "")) if problem is None else None,
    }
    return Shown("admin/imports.html", values, status)


@for_administrators
async def upload(visit: Visit) -> Shown:
    """Take a list in; every row is judged, and nothing is opened yet."""
    form = await received(visit)
    files = form.files.get("file", [])
    if not files:
        return await _list(visit, {"errors": [{"field": "file", "code": "required", "message": NO_FILE}]}, INVALID)
    body = packed(files[0], {"programme": form.fields.get("programme", "")})
    reply = await visit.ask("auth", "POST", "/admin/accounts/import", body)
    if reply.status != ACCEPTED:
        return await _list(visit, reply.content or {}, reply.status)
    return go_to(f"/admin/imports/{reply.content['import_id']}")


@for_administrators
async def one_import(visit: Visit) -> Shown:
    """One import: the verdict on each row before, how far it is, and what became of each row after."""
    return await _one(visit, None, 200)


async def _one(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The page of one, or with `part` what its page renews while it runs."""
    identifier = visit.identifier("import_id")
    after = visit.query.get("after", "")
    wanted = {"after": after if after.isdigit() else "0", "limit": str(ROWS)}
    if visit.query.get("outcome") in OUTCOMES:
        wanted["outcome"] = visit.query["outcome"]
    found, programmes = await read(
        visit, ("auth", f"/admin/imports/{identifier}?{urlencode(wanted)}"), ("profile", "/programmes")
    )
    kept: Json = must(found)
    rows = kept["rows"]
    values = {
        "kept": kept,
        "busy": kept["state"] == "running" or (kept["undoing"] and kept["state"] != "undone"),
        "outcomes": [one for one in OUTCOMES if kept["counts"].get(one)],
        "asked": wanted,
        "next_row": rows[-1]["row"] if len(rows) == ROWS else None,
        "programmes": items_of(programmes) or [],
        "problem": problem,
        "done": DONE.get(visit.query.get("done", "")) if problem is None else None,
    }
    return Shown("admin/import.html", values, status)


@for_administrators
async def run(visit: Visit) -> Shown:
    """Open the accounts of all good rows."""
    return await _order(visit, "run")


@for_administrators
async def undo(visit: Visit) -> Shown:
    """Take an import back."""
    return await _order(visit, "undo")


async def _order(visit: Visit, order: str) -> Shown:
    """Order one of the two, and watch it."""
    path = f"/admin/imports/{visit.identifier('import_id')}"
    call: Do = ("auth", "POST", f"{path}/{order}", None)
    return await done(visit, call, path, order, _one)


@for_administrators
async def drop(visit: Visit) -> Shown:
    """Throw a list away that was not run."""
    call: Do = ("auth", "DELETE", f"/admin/imports/{visit.identifier('import_id')}", None)
    return await done(visit, call, "/admin/imports", "dropped", _one)
