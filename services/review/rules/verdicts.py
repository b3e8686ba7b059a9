"""What a decision must carry and may not carry: comment, category, remarks (domain rules 6 and 7 of the route)."""

from collections.abc import Collection, Iterator

from services.review.rules.standing import Verb
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _


def check_verdict(
    decision: Verb,
    *,
    comment: str | None,
    category: str | None,
    remarks: int,
    categories: Collection[str],
) -> None:
    """Refuse (422) a decision that lacks what it needs; the first fault's code is that of the refusal.

    `categories` are those that the deciding tier can give with an approval: none where it does not classify.
    `remarks` counts the remarks that came with it.
    """
    faults = list(_faults(decision, comment, category, remarks, categories))
    if faults:
        raise Invalid(faults[0].code, faults=faults)


def _faults(
    decision: Verb, comment: str | None, category: str | None, remarks: int, categories: Collection[str]
) -> Iterator[Fault]:
    if decision == "return" and not comment:
        yield Fault("comment_missing", _("退回时必须填写退回意见。"), field="comment")
    if decision == "approve" and remarks:
        yield Fault("remarks_not_here", _("只有退回时才能附逐项意见。"), field="remarks")
    if category is not None and (decision == "return" or not categories):
        yield Fault("category_not_here", _("只有最后一级审核通过时才能填写认定类别。"), field="category")
    elif category is None and decision == "approve" and categories:
        yield Fault("category_missing", _("最后一级审核通过时必须选择认定类别。"), field="category")
    elif category is not None and category not in categories:
        yield Fault("category_unknown", _("没有这个认定类别，请从列表中选择。"), field="category")
