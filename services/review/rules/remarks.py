"""Remarks point at things that are there: section, entry, field, scan, page, box (domain rule 6)."""

from collections.abc import Iterator, Mapping, Sequence

from services.review.rules.dossier import Content
from shared.contracts.events import Remark
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.programmes.shape import Programme


def check_remarks(remarks: Sequence[Remark], content: Content, programme: Programme) -> None:
    """Refuse (422) remarks of which one points at something that the version does not hold; all at once."""
    faults = [
        Fault(code, sentence, field=f"remarks.{at}.{name}")
        for at, remark in enumerate(remarks)
        for name, code, sentence in _lost(remark, content, programme)
    ]
    if faults:
        raise Invalid("remark_misplaced", _("有意见所指的内容在此版本中不存在，请核对。"), faults=faults)


def is_pinned(remark: Remark) -> bool:
    """Whether the remark points at anything at all."""
    return remark.model_copy(update={"comment": ""}) != Remark(comment="")


def _lost(remark: Remark, content: Content, programme: Programme) -> Iterator[tuple[str, str, str]]:
    yield from _lost_in_section(remark, content, programme)
    yield from _lost_in_scans(remark, {str(scan["scan_id"]): scan for scan in content.scans})


def _lost_in_section(remark: Remark, content: Content, programme: Programme) -> Iterator[tuple[str, str, str]]:
    if remark.section is None:
        if remark.entry is not None or remark.field is not None:
            yield "section", "section_missing", _("指明条目或字段时必须同时指明栏目。")
        return
    section = {known.section: known for known in programme.sections}.get(remark.section)
    if section is None:
        yield "section", "section_unknown", _("没有这个栏目。")
        return
    if remark.entry is not None and str(remark.entry) not in content.entries(remark.section):
        yield "entry", "entry_unknown", _("此版本中没有这个条目。")
    if remark.field is not None and remark.field not in {field.field for field in section.fields}:
        yield "field", "field_unknown", _("该栏目没有这个字段。")


def _lost_in_scans(remark: Remark, scans: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[str, str, str]]:
    if remark.scan is None:
        if remark.page is not None or remark.box is not None:
            yield "scan", "scan_missing", _("指明页码或位置时必须同时指明扫描件。")
        return
    scan = scans.get(str(remark.scan))
    if scan is None:
        yield "scan", "scan_unknown", _("此版本中没有这份扫描件。")
    elif remark.page is not None and not 1 <= remark.page <= _pages(scan):
        yield "page", "page_unknown", _("扫描件没有这一页。")
    if remark.box is not None and remark.page is None:
        yield "page", "page_missing", _("标出位置时必须同时指明页码。")


def _pages(scan: Mapping[str, object]) -> int:
    pages = scan.get("pages")
    return pages if isinstance(pages, int) else 1
