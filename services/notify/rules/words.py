"""From an event's codes and times to the words of a letter, in its reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.notify.rules.drafts import Json
from shared.contracts.texts import _
from shared.programmes.shape import Programme, Words

CHINA = ZoneInfo("Asia/Shanghai")
PLATFORM = _("聚贤人才申报平台")
FACTS = (
    "programme",
    "applicant",
    "username",
    "employer",
    "talent_type",
    "own_organization",
    "filing",
    "version",
    "section",
    "kind",
    "fields",
    "tier",
    "organization",
    "category",
    "number",
    "approved_on",
    "waiting_since",
    "due_on",
    "at",
)
"""What a letter lists below its first sentence, in this order, each where the event gave it."""

KINDS = {"change": _("修改内容"), "add": _("新增条目"), "remove": _("删除条目")}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the name to greet, the language, and how a platform's sentence is said in it."""

    name: str
    language: str
    say: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class View:
    """A letter's event as its reader sees it: the programme's titles in the reader's language."""

    params: Mapping[str, Json]
    programme: Programme | None
    reader: Reader


def words(params: Mapping[str, Json], programme: Programme | None, reader: Reader, link: str) -> dict[str, object]:
    """Everything that the templates name.

    What the event did not give is left out, so that a template which needs it fails instead of showing a hole.
    Codes that the programme no longer knows are shown as they are.
    """
    view = View(params, programme, reader)
    said: dict[str, object] = {"programme": title(programme, reader)}
    for name, value in params.items():
        said[name] = WORDED[name](value, view) if name in WORDED and value is not None else value
    shown = [(name, said[name]) for name in FACTS if said.get(name)]
    if programme is not None:
        said["first_tier"] = programme.tiers[0].title.say(reader.language)
    return said | {"name": reader.name, "link": link, "facts": shown, "support": support(programme, reader)}


def title(programme: Programme | None, reader: Reader) -> str:
    """The programme's title; the platform's name where there is none."""
    return programme.title.say(reader.language) if programme else reader.say(PLATFORM)


def support(programme: Programme | None, reader: Reader) -> list[str]:
    """Whom to ask, a line each: the programme's contact, or who is at hand where it names nobody."""
    lines = []
    if programme and programme.support.telephones:
        numbers = _joined(programme.support.telephones, reader)
        lines.append(reader.say(_("咨询电话：{numbers}")).format(numbers=numbers))
    if programme and programme.support.qq_group:
        lines.append(reader.say(_("咨询 QQ 群：{group}")).format(group=programme.support.qq_group))
    return lines or [reader.say(_("如有疑问，请联系您所在的单位或平台管理员。"))]


def moment(iso: str, language: str) -> str:
    """A day as it is written (2026-11-20), a moment in China's time with its minutes."""
    if len(iso) == len("2026-11-20"):
        return iso
    text = datetime.fromisoformat(iso).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    return f"{text} (UTC+8)" if language == "en" else text


def place(view: View, section: Json, field: Json = None) -> str:
    """A section and a field of it by their titles: 基本情况 · 姓名."""
    if not isinstance(section, str):
        return view.reader.say(_("整份申报"))
    name = _said(view, lambda programme: programme.section(section).title, section)
    return f"{name} · {_field(view, section, field)}" if field else name


def _moment(value: Json, view: View) -> str:
    """A day or a moment."""
    return moment(str(value), view.reader.language)


def _tier(value: Json, view: View) -> str:
    """A tier by its title."""
    return _said(view, lambda programme: programme.tier(str(value)).title, str(value))


def _category(value: Json, view: View) -> str:
    """A category by its title."""
    return _said(view, lambda programme: programme.category(str(value)).title, str(value))


def _talent_type(value: Json, view: View) -> str:
    """A talent type by its title, from the list of the programme's registration."""
    if view.programme is None or view.programme.registration is None:
        return str(value)
    try:
        return view.programme.registration.field("talent_type").say(str(value), view.reader.language)
    except KeyError:
        return str(value)


def _fields(value: Json, view: View) -> str:
    """The fields of a change request by their titles."""
    named = value if isinstance(value, list) else []
    return _joined([_field(view, view.params.get("section"), name) for name in named], view.reader)


def _field(view: View, section: Json, field: Json) -> str:
    """A field by its title."""
    return _said(view, lambda programme: programme.section(str(section)).field(str(field)).title, str(field))


def _remark(item: Mapping[str, Json], view: View) -> dict[str, Json]:
    """A remark with its place in words."""
    return {"place": place(view, item.get("section"), item.get("field")), "comment": item["comment"]}


def _scan(item: Mapping[str, Json], view: View) -> dict[str, Json]:
    """A scan with its place, and what to do about it."""
    is_used = item.get("section") is not None
    spot = place(view, item["section"], item.get("field")) if is_used else view.reader.say(_("尚未用在栏目中的扫描件"))
    return {"place": spot, "sentence": item[view.reader.language]}


def _item(item: Mapping[str, Json], view: View) -> dict[str, Json]:
    """A line of the digest."""
    return {"at": moment(str(item["at"]), view.reader.language), "subject": item["subject"]}


def _each(word: Callable[[Mapping[str, Json], View], dict[str, Json]]) -> Callable[[Json, View], object]:
    """Each item of a list in words."""

    def all_of(value: Json, view: View) -> list[dict[str, Json]]:
        """The list."""
        return [word(item, view) for item in value if isinstance(item, dict)] if isinstance(value, list) else []

    return all_of


WORDED: Mapping[str, Callable[[Json, View], object]] = {
    **dict.fromkeys(("at", "until", "due_on", "waiting_since", "approved_on"), _moment),
    **dict.fromkeys(("tier", "next_tier"), _tier),
    "category": _category,
    "talent_type": _talent_type,
    "section": lambda value, view: place(view, value),
    "kind": lambda value, view: view.reader.say(KINDS.get(str(value), str(value))),
    "fields": _fields,
    "remarks": _each(_remark),
    "scans": _each(_scan),
    "items": _each(_item),
}
"""What is a code, a moment or a list in an event; everything else is said as it is."""


def _said(view: View, find: Callable[[Programme], Words], code: str) -> str:
    """The title that is found, or the code itself where a later release dropped it."""
    try:
        return find(view.programme).say(view.reader.language) if view.programme else code
    except LookupError:
        return code


def _joined(parts: Sequence[str], reader: Reader) -> str:
    """A list within a line."""
    return (", " if reader.language == "en" else "、").join(parts)
