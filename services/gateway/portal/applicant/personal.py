"""The one page of whoever was given an account: every section folded, saved one by one or all at once.

Its forms share one form of the page: the inputs of each stand under a prefix of their own, so that nothing that was
typed anywhere is lost, with scripts or without.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from services.gateway.portal.applicant.drawn import INVALID, card, facts, progress_of, scans_of, tiers_ahead
from services.gateway.portal.applicant.forming import NEW, Typed, form
from services.gateway.portal.applicant.forms import values_of
from services.gateway.portal.applicant.marks import marks
from services.gateway.portal.applicant.reading import Opened, opened
from services.gateway.portal.applicant.remarks import placed
from services.gateway.portal.applicant.saving import PICKING, SAVED, arranged, is_to_be_shown, judged, send
from services.gateway.portal.applicant.values import differs
from services.gateway.portal.guards import for_applicants
from services.gateway.portal.uploads import Uploaded, form_of
from services.gateway.portal.visit import Filled, Shown, Visit, go_to

Json = Mapping[str, Any]
BETWEEN = "--"
GONE = 404
ALL, FILE = "all", "file"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the page's forms as it came."""

    key: str
    section: Json
    editing: str | None
    sent: Uploaded
    came: Typed


def personal_page(
    page: Opened, came: Mapping[str, Typed], *, done: list[str], note: Json | None = None, status: int = 200
) -> Shown:
    """The page. `came`: the forms that are open, by their keys, with what they came back with; `done`: just saved."""
    listed = marks(page)
    parts = [
        _drawn(page, section, mark, came) for section, mark in zip(page.catalogue["sections"], listed, strict=True)
    ]
    touched = {key.partition(BETWEEN)[0] for key in [*came, *done]}
    for number, part in enumerate(parts):
        part["is_open"] = not number or part["section"]["section"] in touched
    faults = [
        {**fault, "prefix": key + BETWEEN, "section_title": page.section(key.partition(BETWEEN)[0])["title"]}
        for key, typed in came.items()
        for fault in (*typed.faults, *([{"conflict": True}] if typed.conflict else []))
    ]
    titles = [part["section"]["title"] for part in parts if part["section"]["section"] in _slugs(done)]
    values = {
        "opened": page,
        "parts": parts,
        "progress": progress_of(listed),
        "ahead": tiers_ahead(page),
        "faults": faults,
        "saved": titles,
        "note": note,
        "remarks": placed(page.catalogue, page.profile["remarks"], page.profile["sections"]),
    }
    return Shown("applicant/personal.html", values, status)


def _slugs(keys: list[str]) -> set[str]:
    """The sections of forms."""
    return {key.partition(BETWEEN)[0] for key in keys}


def _drawn(page: Opened, section: Json, mark: Json, came: Mapping[str, Typed]) -> dict[str, Any]:
    """One section: its form, or its entries, those that are being changed as forms."""
    slug, content = section["section"], page.content(section["section"])
    is_free = page.profile["lock"] is None
    entries = content.get("entries", ())

    def drawn(editing: str | None) -> Json:
        """A form under its prefix."""
        key = slug if editing is None else f"{slug}{BETWEEN}{editing}"
        return form(page, section, editing, came.get(key, Typed()), key + BETWEEN)

    open_now = {one["entry_id"] for one in entries if is_free and f"{slug}{BETWEEN}{one['entry_id']}" in came}
    is_blank = not entries and mark["state"] != "none"
    wants_new = section["repeated"] and (is_blank or f"{slug}{BETWEEN}{NEW}" in came)
    return {
        "section": section,
        "mark": mark,
        "form": drawn(None) if is_free and not section["repeated"] else None,
        "facts": [] if section["repeated"] else facts(page, section, content["values"]),
        "figures": [] if section["repeated"] else scans_of(page, section, content["values"]),
        "items": [
            {"form": drawn(one["entry_id"]) if one["entry_id"] in open_now else None, "card": card(page, section, one)}
            for one in entries
        ],
        "new": drawn(NEW) if is_free and wants_new else None,
    }


@for_applicants
async def save(visit: Visit) -> Shown:
    """Save one form, or every one that was changed; or show the page once more with everything that was typed."""
    sent = await form_of(visit)
    page = await opened(visit, visit.parameters["programme"], **(PICKING if "pick" in sent.fields else {}))
    parts = [await _part(visit, page, sent, key) for key in dict.fromkeys(sent.fields.all("part"))]
    if is_to_be_shown(sent) or "open" in sent.fields or "close" in sent.fields:
        return personal_page(page, _once_more(sent, parts), done=[])
    asked = sent.fields.get("save", ALL)
    wanted = [part for part in parts if asked in {ALL, FILE, part.key} and _is_changed(page, part)]
    replies = {part.key: await send(visit, part.section["section"], part.editing, part.came.values or {}, part.sent)
               for part in wanted}  # fmt: skip
    done = [part.key for part in wanted if replies[part.key].status in SAVED and not part.came.faults]
    left = [part for part in parts if part.key not in done and _is_changed(page, part)]
    if not left:
        onward = f"{page.address}/check" if asked == FILE else f"{page.address}?{_marked(done or [asked])}"
        return go_to(onward)
    after = await opened(visit, page.programme)
    came: dict[str, Typed] = {}
    for part in left:
        if part.key in replies:
            came |= _judged(after, part, replies[part.key])
        else:
            came[part.key] = part.came
    failed = any(one.faults or one.conflict for one in came.values())
    return personal_page(after, came, done=done, status=INVALID if failed else 200)


def _marked(keys: list[str]) -> str:
    """What was saved, for the page that comes next, and the fold that it begins at."""
    known = [key for key in keys if key not in {ALL, FILE}]
    query = urlencode([("saved", key) for key in known] or [("saved", "")])
    return query + (f"#fold-{known[-1].partition(BETWEEN)[0]}" if known else "")


async def _part(visit: Visit, page: Opened, sent: Uploaded, key: str) -> Part:
    """One form as it came; its files are scans from now on."""
    slug, _, editing = key.partition(BETWEEN)
    section, prefix = page.section(slug), key + BETWEEN
    own = Uploaded(
        Filled([(name.removeprefix(prefix), value) for name, value in sent.fields.pairs if name.startswith(prefix)]),
        {name.replace(prefix, "", 1): files for name, files in sent.files.items() if prefix in name},
    )
    values, faults = await values_of(visit, own, section["fields"])
    return Part(key, section, editing or None, own, Typed(values, faults, own.fields.get("etag")))


def _is_changed(page: Opened, part: Part) -> bool:
    """Whether a form holds anything else than what is saved."""
    values = part.came.values or {}
    if part.editing == NEW:
        return bool(values or part.came.faults)
    content = page.content(part.section["section"])
    records = (
        [content] if part.editing is None else [one for one in content["entries"] if one["entry_id"] == part.editing]
    )
    held = records[0]["values"] if records else {}
    names = [(field, field["field"]) for field in part.section["fields"]]
    return bool(part.came.faults) or any(differs(field, held.get(name), values.get(name)) for field, name in names)


def _once_more(sent: Uploaded, parts: list[Part]) -> dict[str, Typed]:
    """Every form with what was typed, one of them with its scans to choose from or in another order."""
    picked, moving = sent.fields.get("pick", ""), sent.fields.get("move", "")
    came = {}
    for part in parts:
        prefix = part.key + BETWEEN
        own = Uploaded(Filled([("move", moving.removeprefix(prefix))]), {}) if moving.startswith(prefix) else part.sent
        picking = picked.removeprefix(prefix) if picked.startswith(prefix) else None
        came[part.key] = replace(part.came, values=arranged(part.came.values or {}, own), picking=picking)
    if further := sent.fields.get("open"):
        came.setdefault(further, Typed())
    came.pop(sent.fields.get("close", ""), None)
    return came


def _judged(page: Opened, part: Part, reply: Any) -> dict[str, Typed]:  # noqa: ANN401 - a service's answer
    """A form that was not saved, once more; of an entry that is gone what was typed becomes a new one."""
    slug = part.section["section"]
    living = {one["entry_id"] for one in page.content(slug).get("entries", ())}
    if part.editing not in {None, NEW, *living} or reply.status == GONE:
        return {f"{slug}{BETWEEN}{NEW}": replace(part.came, etag="")}
    editing, came = judged(page, slug, part.editing, part.came, reply)
    return {slug if editing is None else f"{slug}{BETWEEN}{editing}": came}
