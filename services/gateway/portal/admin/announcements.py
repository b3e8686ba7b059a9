"""Announcements as administrators write them: Markdown with a preview, attachments, audience, time, pin, mail."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from services.gateway.actions.ask import Reply
from services.gateway.portal.admin.conflicts import differences, together
from services.gateway.portal.admin.forms import Do, Problem, asked, done, listing, read
from services.gateway.portal.admin.moments import instant
from services.gateway.portal.answers import BROKEN, Json, items_of, must
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.public.announcements import CATEGORIES
from services.gateway.portal.uploads import Uploaded, packed, received
from services.gateway.portal.visit import Filled, Shown, Visit, go_to
from shared.contracts.refusals import Missing, Unavailable
from shared.contracts.texts import _

OK, CREATED, NOT_FOUND, CHANGED, INVALID = 200, 201, 404, 412, 422
AUDIENCES = ("everybody", "applicants", "reviewers", "administrators")
NO_INSTANT = _("时间写法如 2026-11-20 09:00。")
DONE: Mapping[str, str] = {
    "made": _("公告已保存。"),
    "changed": _("修改已保存。"),
    "withdrawn": _("公告已撤下，读者不再能看到。"),
    "deleted": _("公告已删除。"),
}


@for_administrators
async def announcements(visit: Visit) -> Shown:
    """All announcements, whatever their state."""
    wanted = asked(visit.query, "query", "state", "programme", "cursor")
    listed, programmes = await read(
        visit, ("notify", listing("/admin/announcements", wanted)), ("profile", "/programmes")
    )
    values = {
        "page": must(listed),
        "asked": wanted,
        "programmes": items_of(programmes) or [],
        "done": DONE.get(visit.query.get("done", "")),
    }
    return Shown("admin/announcements.html", values)


@for_administrators
async def new_announcement(visit: Visit) -> Shown:
    """The empty editor."""
    return await _editor(visit, None)


@for_administrators
async def announcement(visit: Visit) -> Shown:
    """The editor of one."""
    return await _editor(visit, visit.identifier("announcement_id"))


@for_administrators
async def make(visit: Visit) -> Shown:
    """Keep a new announcement, or show how it will look."""
    return await _keep(visit, None)


@for_administrators
async def change(visit: Visit) -> Shown:
    """Keep what was changed, or show how it will look."""
    return await _keep(visit, visit.identifier("announcement_id"))


async def _keep(visit: Visit, identifier: str | None) -> Shown:
    """Take the editor's form in: files first, so that none is lost when something else is wrong."""
    form = await received(visit)
    files, refused = await _attached(visit, form)
    body, wrong = _body(form.fields, [file["attachment_id"] for file in files])
    preview = form.fields.get("preview")
    if refused is None and not wrong and not preview:
        reply = await _send(visit, identifier, body, form.fields.get("etag"))
        if reply.status in {OK, CREATED}:
            return go_to(
                f"/admin/announcements/{reply.content['announcement_id']}?done={'changed' if identifier else 'made'}"
            )
        if reply.status == NOT_FOUND:
            raise Missing
        if reply.status >= BROKEN:
            raise Unavailable(retry_after=3)
        if reply.status == CHANGED:
            return await _editor(visit, identifier, form.fields, files, is_conflict=True)
        refused = reply
    problem: Problem | None = {"errors": wrong} if wrong else refused.content if refused else None
    return await _editor(visit, identifier, form.fields, files, problem, drawn=bool(preview))


async def _attached(visit: Visit, form: Uploaded) -> tuple[list[Json], Reply | None]:
    """The attachments that stay and those just chosen; and what is wrong with the first that was not taken."""
    dropped = set(form.fields.all("drop"))
    kept = [dict(zip(("attachment_id", "name"), one.split("|", 1), strict=True)) for one in form.fields.all("kept")]
    files: list[Json] = [one for one in kept if one["attachment_id"] not in dropped]
    for file in form.files.get("files", []):
        reply = await visit.ask("notify", "POST", "/admin/announcements/attachments", packed(file))
        if reply.status != CREATED:
            return files, reply
        files.append(reply.content)
    return files, None


def _body(form: Filled, attachments: list[str]) -> tuple[Json, list[dict[str, str]]]:
    """What notify is told, and what is wrong with the times."""
    times = {name: form.get(name, "").strip() for name in ("publish_at", "withdraw_at")}
    read_as = {name: instant(text, at_end=name == "withdraw_at") if text else None for name, text in times.items()}
    wrong = [{"field": name, "message": NO_INSTANT} for name, text in times.items() if text and not read_as[name]]
    return {
        "title": form.get("title", ""),
        "body": form.get("body", ""),
        "programme": form.get("programme") or None,
        "audience": form.get("audience", "everybody"),
        "category": form.get("category", "notice"),
        "pinned": form.get("pinned") == "true",
        **read_as,
        "attachments": attachments,
        "mail": form.get("mail") == "true",
    }, wrong


async def _send(visit: Visit, identifier: str | None, body: Json, etag: str | None) -> Reply:
    """Make it, or change it while it is what the form was drawn from; left empty, its time of publishing stays."""
    if identifier is None:
        return await visit.ask("notify", "POST", "/admin/announcements", body)
    stays = {"publish_at"} if body["publish_at"] is None else set()
    changed = {name: value for name, value in body.items() if name not in stays}
    seen = {"if-match": etag} if etag else None
    return await visit.ask("notify", "PATCH", f"/admin/announcements/{identifier}", changed, seen)


async def _editor(
    visit: Visit,
    identifier: str | None,
    filled: Filled | None = None,
    files: list[Json] | None = None,
    problem: Problem | None = None,
    *,
    drawn: bool = False,
    is_conflict: bool = False,
) -> Shown:
    """The editor, with what was typed, the files that it has, and on demand how it will look.

    Where somebody else has saved meanwhile, it says what differs; saving once more is then meant.
    """
    found, programmes = await read(
        visit,
        ("notify", f"/admin/announcements/{identifier}") if identifier else ("profile", "/programmes"),
        ("profile", "/programmes"),
    )
    kept: Json | None = must(found) if identifier else None
    held = files if files is not None else (kept or {}).get("attachments", [])
    conflict = differences(filled, kept) if is_conflict and kept and filled is not None else None
    values: dict[str, Any] = {
        "kept": kept,
        "filled": filled,
        "files": together(held, kept) if is_conflict and kept else held,
        "conflict": conflict,
        "etag": _mark(filled, kept, is_conflict=is_conflict),
        "programmes": items_of(programmes) or [],
        "categories": CATEGORIES,
        "audiences": AUDIENCES,
        "preview": await _drawn(visit, filled.get("body", "")) if drawn and filled is not None else None,
        "problem": problem,
        "done": DONE.get(visit.query.get("done", "")) if filled is None else None,
    }
    return Shown("admin/announcement.html", values, CHANGED if is_conflict else INVALID if problem else OK)


def _mark(filled: Filled | None, kept: Json | None, *, is_conflict: bool) -> str:
    """The revision that the form was drawn from: after a conflict the newest, else the one that was seen first."""
    seen = "" if filled is None or is_conflict else filled.get("etag", "")
    return seen or str((kept or {}).get("etag", ""))


async def _drawn(visit: Visit, body: str) -> Markup:
    """Markdown as readers will see it."""
    reply = await visit.ask("notify", "POST", "/admin/announcements/preview", {"body": body})
    if reply.status != OK:
        raise Unavailable(members={"part": "notify"}, retry_after=3)
    return Markup(reply.content["html"])  # noqa: S704 - notify has cleaned it to a list of harmless elements


@for_administrators
async def withdraw(visit: Visit) -> Shown:
    """Take an announcement down now."""
    path = f"/admin/announcements/{visit.identifier('announcement_id')}"
    call: Do = ("notify", "POST", f"{path}/withdrawal", None)
    return await done(visit, call, path, "withdrawn", _again)


@for_administrators
async def delete(visit: Visit) -> Shown:
    """Delete an announcement with its files."""
    call: Do = ("notify", "DELETE", f"/admin/announcements/{visit.identifier('announcement_id')}", None)
    return await done(visit, call, "/admin/announcements", "deleted", _again)


async def _again(visit: Visit, problem: Problem, _status: int) -> Shown:
    """The editor, with why it was not done."""
    return await _editor(visit, visit.identifier("announcement_id"), problem=problem)
