"""The columns of the worklist: which there are, which are usual, and which a reviewer has chosen."""

from collections.abc import Iterable, Mapping

from shared.contracts.texts import _

COLUMNS: Mapping[str, str] = {
    "number": _("申报编号"),
    "employer": _("工作单位"),
    "programme": _("申报项目"),
    "tier": _("当前环节"),
    "marks": _("标记"),
    "status": _("状态"),
    "version": _("版本"),
    "filed": _("提交时间"),
    "waited": _("等待"),
    "due": _("到期日"),
}
USUAL = ("employer", "marks", "status", "filed", "waited")


def chosen_of(names: Iterable[str]) -> list[str]:
    """The columns of those names in the order of the list; the usual ones where none is known."""
    wanted = set(names)
    return [name for name in COLUMNS if name in wanted] or list(USUAL)
