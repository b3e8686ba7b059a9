"""Two administrators at one announcement: where what one typed and what the other saved meanwhile differ."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.admin.moments import instant
from services.gateway.portal.answers import Json
from services.gateway.portal.drawing import moment
from services.gateway.portal.visit import Filled
from services.gateway.rules.labels import LABELS
from shared.contracts.texts import _

WORDS: Mapping[str, str] = {
    "title": _("标题"),
    "body": _("正文（Markdown）"),
    "category": _("类别"),
    "audience": _("读者"),
    "programme": _("申报项目"),
    "publish_at": _("发布时间"),
    "withdraw_at": _("撤下时间"),
    "pinned": _("置顶"),
}
TIMES = frozenset({"publish_at", "withdraw_at"})
YES, NO = _("是"), _("否")


def differences(typed: Filled, saved: Json) -> list[dict[str, str]]:
    """Each field that differs, as people read it: what was typed (`ours`), what was saved meanwhile (`theirs`)."""
    rows = []
    for field, words in WORDS.items():
        ours, theirs = _typed(typed, field), _saved(saved, field)
        if ours != theirs and not (field == "publish_at" and not ours):
            rows.append({"field": field, "title": words, "ours": _said(field, ours), "theirs": _said(field, theirs)})
    return rows


def together(ours: list[Json], saved: Json) -> list[Json]:
    """The files that stand in the form, and those that the other added: none is lost by saving."""
    held = {one["attachment_id"] for one in ours}
    return [*ours, *(one for one in saved["attachments"] if one["attachment_id"] not in held)]


def _typed(typed: Filled, field: str) -> str:
    """What was typed, in the form that saved values are compared in."""
    text = typed.get(field, "").replace("\r\n", "\n").strip()
    if field in TIMES and text:
        return moment(instant(text, at_end=field == "withdraw_at") or "") or text
    return text


def _saved(saved: Json, field: str) -> str:
    """What is saved, in the same form."""
    value: Any = saved[field]
    if field in TIMES:
        return moment(value)
    return ("true" if value else "") if isinstance(value, bool) else str(value or "").strip()


def _said(field: str, value: str) -> str:
    """A value as people read it."""
    if field == "pinned":
        return YES if value else NO
    return LABELS.get(field, {}).get(value, value)
