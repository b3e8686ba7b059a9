"""Faults as refusals carry them, made of what a programme's sections say."""

from collections.abc import Iterable

from shared.contracts.refusals import Fault
from shared.contracts.texts import _
from shared.programmes.shape import Fault as FieldFault, Missing

UNKNOWN_SCAN = _("所引用的文件不存在，请重新上传。")
UNKNOWN_ORGANIZATION = _("所选单位不存在或已停用，请重新选择。")
UNKNOWN_SECTION = _("没有这个栏目。")
LONGEST = 60


def of_section(section: str, faults: Iterable[FieldFault], entry: str | None = None) -> list[Fault]:
    """The faults of a section's values, with the section, and the entry where there is one."""
    return [
        Fault(code=found.code, message=found.message.both(), field=found.field, section=section, entry=entry)
        for found in faults
    ]


def of_missing(missing: Iterable[Missing]) -> list[Fault]:
    """What keeps a profile from being filed."""
    return [
        Fault(code=miss.code, message=miss.message.both(), field=miss.field, section=miss.section, entry=miss.entry)
        for miss in missing
    ]


def unknown_reference(code: str, sentence: str, section: str, field: str, entry: str | None = None) -> Fault:
    """A field that names something that is not there, or not the caller's."""
    return Fault(code=code, message=sentence, field=field, section=section, entry=entry)


def unknown_section(name: str) -> Fault:
    """A section that the programme does not have; anybody may have sent its name, so it is cut and made printable."""
    shown = name[:LONGEST].encode("utf-8", "replace").decode()
    return Fault(code="unknown_section", message=UNKNOWN_SECTION, section=shown)
