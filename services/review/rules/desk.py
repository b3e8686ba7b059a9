"""What an office may keep for its desk: phrases of a fair length, a deputy for days that are still to come."""

from datetime import date, timedelta
from uuid import UUID

from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _

CLAIMED_FOR = timedelta(minutes=15)
"""How long a case counts as open on somebody's desk; the page renews it."""
LONGEST_SPAN = timedelta(days=366)


def check_span(delegator: UUID, deputy: UUID, from_on: date, to_on: date, today: date) -> None:
    """Refuse (422) days that ran out or run backwards, a span over a year, and oneself as the deputy; all at once."""
    faults = []
    if deputy == delegator:
        faults.append(Fault("deputy_is_oneself", _("不能委托给自己，请选择同单位的其他审核人员。"), field="to"))
    if from_on < today:
        faults.append(Fault("span_in_the_past", _("委托不能从今天以前开始。"), field="from_on"))
    if to_on < from_on:
        faults.append(Fault("span_backwards", _("结束日期不能早于开始日期。"), field="to_on"))
    elif to_on - from_on >= LONGEST_SPAN:
        faults.append(Fault("span_too_long", _("一次委托最长一年。"), field="to_on"))
    if faults:
        raise Invalid(faults[0].code, faults=faults)
