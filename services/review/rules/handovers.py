"""Who may take what another organization has not decided yet: one of its kind, region and programmes."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _


@dataclass(frozen=True, slots=True)
class Party:
    """An organization as a handover looks at it."""

    organization_id: UUID
    kind: str
    region: str
    programmes: Collection[str]
    is_disabled: bool


def check_heir(giver: Party, taker: Party | None, programmes: Collection[str], employers: Collection[str]) -> None:
    """Refuse (422) an organization that cannot take over what another still had to decide.

    `programmes` are those of the open work, `employers` the kinds of organizations that may move between regions.
    """
    if taker is None:
        raise _refusal("organization_unknown", _("没有这个单位。"))
    is_elsewhere = taker.region != giver.region and taker.kind not in employers
    # Of an organization that was told before its programmes were kept, nothing is known: it is let through.
    serves_others = bool(taker.programmes) and bool(set(programmes) - set(taker.programmes))
    laws = (
        (taker.organization_id == giver.organization_id, "same_organization", _("不能移交给原单位。")),
        (taker.is_disabled, "organization_disabled", _("该单位已停用，不能接收申报。")),
        (taker.kind != giver.kind, "other_kind", _("只能移交给同类单位。")),
        (is_elsewhere, "other_region", _("只能移交给同一行政区划的单位。")),
        (serves_others, "other_programme", _("该单位不受理其中的申报项目。")),
    )
    for is_broken, code, sentence in laws:
        if is_broken:
            raise _refusal(code, sentence)


def _refusal(code: str, sentence: str) -> Invalid:
    return Invalid(code, faults=[Fault(code, sentence, field="to")])
