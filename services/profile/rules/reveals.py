"""The law of reveals: which values an administrator may see whole, and only for a reason."""

from collections.abc import Iterable

from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.programmes.shape import Field, Mask, Programme

LIKELIEST = "basic"
"""The section that is meant where a field stands alone."""


def revealable(programmes: Iterable[Programme]) -> dict[str, Field]:
    """The fields that may be revealed, by `section.field`: those that are shown masked, and no others."""
    return {
        f"{section.section}.{field.field}": field
        for programme in programmes
        for section in programme.sections
        for field in section.fields
        if field.mask is not Mask.NONE
    }


def key_of(programmes: Iterable[Programme], asked: str) -> str:
    """The key of a field that was asked for, `id_number` for `basic.id_number`; any other is refused as Invalid."""
    known = revealable(programmes)
    for key in (asked, f"{LIKELIEST}.{asked}"):
        if key in known:
            return key
    raise Invalid(faults=[Fault("field_not_revealable", _("该项内容不能查看完整值。"), field="field")])
