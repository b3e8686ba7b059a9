"""What stands on the declaration form (申报表): titles and values as the paper shows them, in Chinese."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.profile.rules.contents import records_of
from shared.programmes.shape import Contents, Field, Json, Programme, Section, Type, Values, Words

PRESENT = Words("至今", "to the present")
STATUSES: Mapping[str, Words] = {
    "draft": Words("草稿", "Draft"),
    "in_review": Words("审核中", "In review"),
    "returned": Words("已退回", "Returned"),
    "approved": Words("已通过", "Approved"),
    "withdrawn": Words("已撤回", "Withdrawn"),
}
VERDICTS: Mapping[str, Words] = {"approve": Words("通过", "Approved"), "return": Words("退回", "Returned")}
WIDE, WIDER, NARROW = 3, 5, 2
"""Shares of a table's width: of a text, a long text, and anything short."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known of the form besides the contents."""

    status: str
    is_approved: bool
    number: str | None = None
    version: int | None = None
    filed_at: datetime | None = None
    category: str | None = None
    membership_number: str | None = None
    tiers: Sequence[Mapping[str, Any]] = ()
    """Of the route: title, organization's name, decision, day, comment."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Organizations by their id."""


def form(programme: Programme, held: Contents, paper: Paper) -> dict[str, Any]:
    """All that the template draws, as JSON."""
    return {
        "title": programme.title.zh,
        "watermark": None if paper.is_approved else STATUSES["draft"].zh,
        "meta": _meta(paper),
        "sections": [_section(section, held, paper.names) for section in programme.sections],
        "tiers": _tiers(programme, paper),
        "support": _support(programme),
    }


def _meta(paper: Paper) -> list[list[str]]:
    """The lines under the title: label and value."""
    lines = [
        ("申报编号", paper.number or "—"),
        ("版本", f"第 {paper.version} 版" if paper.version else "未提交"),
        ("提交日期", paper.filed_at.strftime("%Y-%m-%d") if paper.filed_at else "—"),
        ("状态", STATUSES[paper.status].zh),
    ]
    if paper.category:
        lines.append(("认定类别", f"{paper.category} 类"))
    if paper.membership_number:
        lines.append(("人才编号", paper.membership_number))
    return [list(line) for line in lines]


def _tiers(programme: Programme, paper: Paper) -> list[dict[str, str]]:
    """The boxes of the reviewing tiers; empty ones of every tier while nothing is filed."""
    if not paper.tiers:
        return [{"title": tier.title.zh, "organization": "", "verdict": ""} for tier in programme.tiers]
    return [
        {"title": tier["title"], "organization": tier["organization"], "verdict": _verdict(tier)}
        for tier in paper.tiers
    ]


def _verdict(tier: Mapping[str, Any]) -> str:
    """What a tier decided, when, and what it said."""
    if not tier["decision"]:
        return ""
    said = [VERDICTS[tier["decision"]].zh, tier["decided_at"].strftime("%Y-%m-%d"), tier["comment"] or ""]
    return "　".join(part for part in said if part)


def _support(programme: Programme) -> str:
    """Whom to ask, at the foot."""
    contact = programme.support
    parts = [f"咨询电话：{'、'.join(contact.telephones)}"] if contact.telephones else []
    parts += [f"QQ 群：{contact.qq_group}"] if contact.qq_group else []
    return "　".join(parts)


def _section(section: Section, held: Contents, names: Mapping[str, str]) -> dict[str, Any]:
    """One section: pairs of label and value, or a table of entries."""
    head = {"title": section.title.zh, "heading": section.heading.zh if section.heading else None}
    records = [values for _entry, values in records_of(section, held)]
    shown = [known for known in section.fields if known.type is not Type.PHOTO and known.field != "current"]
    if not section.repeated:
        values = records[0]
        pairs = [
            {"label": known.title.zh, "value": _said(known, values, names), "wide": known.type is Type.LONG_TEXT}
            for known in shown
        ]
        return {**head, "kind": "single", "pairs": pairs, "photo": bool(section.photo_fields)}
    return {
        **head,
        "kind": "repeated",
        "columns": [{"label": known.title.zh, "share": _share(known)} for known in shown],
        "rows": [[_said(known, values, names) for known in shown] for values in records],
    }


def _share(known: Field) -> int:
    """How much of a table's width a field takes."""
    return {Type.TEXT: WIDE, Type.LONG_TEXT: WIDER}.get(known.type, NARROW)


def _said(known: Field, values: Values, names: Mapping[str, str]) -> str:
    """A value as the paper shows it."""
    value: Json = values.get(known.field)
    if known.field == "ended_on" and values.get("current") is True:
        return PRESENT.zh
    if known.type is Type.ORGANIZATION and value:
        return names.get(str(value), "")
    return known.say(value, "zh")


def organizations_in(programme: Programme, held: Contents) -> set[str]:
    """Every organization that the contents name."""
    return {
        str(values[name])
        for section in programme.sections
        for _entry, values in records_of(section, held)
        for name in section.organization_fields
        if values.get(name)
    }
