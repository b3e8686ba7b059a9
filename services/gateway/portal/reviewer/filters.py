"""The filters of the worklist: read from an address, put into the next one, so that they survive a decision."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from services.gateway.portal.visit import Filled
from shared.contracts.texts import _

STATES: Mapping[str, str] = {"waiting": _("待我审核"), "decided": _("已办"), "all": _("全部")}
MARKS: Mapping[str, str] = {
    "overdue": _("超期"),
    "refiled": _("重报"),
    "foreign": _("外籍"),
    "all_passed": _("核验通过"),
}
SORTS: Mapping[str, str] = {
    "waiting": _("等待最久在前"),
    "-waiting": _("等待最短在前"),
    "attention": _("待核最多在前"),
    "filed": _("提交最早在前"),
    "-filed": _("提交最晚在前"),
}
WORDS = ("query", "programme", "organization", "filed_after")
LONGEST = 100


def wanted(query: Filled) -> dict[str, str]:
    """The filters of an address; what is none, or says nothing, is left out."""
    found = {"state": query["state"]} if query.get("state") in STATES else {}
    found |= {name: query[name].strip()[:LONGEST] for name in WORDS if query.get(name, "").strip()}
    found |= {name: query[name] for name in MARKS if query.get(name) in {"true", "false"}}
    return found | ({"sort": query["sort"]} if query.get("sort") in SORTS else {})


def address(path: str, filters: Mapping[str, Any], **changes: str | None) -> str:
    """A path with those filters; `changes` put some in another state, None takes one away."""
    merged = {name: value for name, value in {**filters, **changes}.items() if value not in {None, ""}}
    return f"{path}?{urlencode(merged)}" if merged else path
