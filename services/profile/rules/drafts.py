"""When a draft may be edited, and what it begins with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.contracts.texts import _
from shared.programmes.shape import Accounts, Faults, Json, Programme, Section

LOCKED_APPROVED = _("申报已通过，如需修改请提交信息变更申请。")
LOCKED_IN_REVIEW = _("申报正在由“{tier}”（{organization}）审核，退回后才能修改或重新提交。")
Status = Literal["draft", "in_review", "returned", "approved", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a submission stands: what every law of the draft is asked with."""

    status: str
    version: int = 0
    round: int = 0
    is_sealed: bool = False
    """The first tier has decided, or is deciding, on the newest version."""
    file_again_until: date | None = None

    @property
    def is_locked(self) -> bool:
        """Whether the draft may not be edited: approved, or in review with the employer's decision taken."""
        return self.status == "approved" or (self.status == "in_review" and self.is_sealed)

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether the pending submission may be taken back."""
        return self.status == "in_review" and not self.is_sealed


def may_open(programme: Programme, held: Iterable[str], opened_by: str) -> bool:
    """Whether an account may open a profile of the programme.

    One that registered itself: every self-registered programme, and those that it holds; any other: exactly those.
    """
    registered = opened_by == "registration" and programme.accounts is Accounts.SELF_REGISTERED
    return registered or programme.programme in held


def beginning(section: Section, programme: Programme, facts: Mapping[str, Json]) -> dict[str, Json]:
    """The values that a single section starts with; a fact that the section would not take is left out."""
    values = programme.prefill.beginning(section.section, facts)
    while values:
        try:
            return section.parse(values)
        except Faults as refused:
            named = {fault.field for fault in refused.faults} & set(values)
            if not named:
                return {}
            values = {name: value for name, value in values.items() if name not in named}
    return {}
