"""Whose turn it is: which decision an organization may make now (domain rules 0, 4 and 5)."""

from collections.abc import Mapping
from uuid import UUID

from services.review.rules.standing import Standing, Verb
from shared.contracts.refusals import Conflict
from shared.contracts.texts import _


def is_holder(standing: Standing, organization_id: UUID) -> bool:
    """Whether the organization is the one that decides now, and so the one that sees full values."""
    return standing.state == "in_review" and standing.step.organization_id == organization_id


def can_reopen(standing: Standing, organization_id: UUID, decision: Verb, *, policy: bool) -> bool:
    """Whether this is the last tier's return of a case that it approved, where the programme's policy knows that."""
    is_last_holder = standing.is_last and standing.step.organization_id == organization_id
    return policy and decision == "return" and standing.state == "approved" and is_last_holder


def check_turn(
    standing: Standing,
    organization_id: UUID,
    version: int,
    *,
    reopens: bool,
    decided: Mapping[str, object] | None,
) -> None:
    """Refuse a decision that is not the organization's to make now.

    `version` is the one that the reviewer saw; `decided` is what this tier decided in the present round, as it is
    shown to the one who came second. Refused: `already_decided`, `case_withdrawn`, `not_your_turn`,
    `version_superseded` (all 409).
    """
    if not (reopens or is_holder(standing, organization_id)):
        if decided is not None:
            raise Conflict("already_decided", _("该申报已由本单位审核，不能重复审核。"), members=decided)
        if standing.state == "withdrawn":
            raise Conflict("case_withdrawn", _("申请人已撤回该申报，无需审核。"))
        raise Conflict("not_your_turn", _("该申报目前不在本单位审核环节。"))
    if version != standing.version:
        raise superseded(standing.version)


def superseded(version: int) -> Conflict:
    """That another version than the one that was seen is the newest."""
    sentence = _("申请人已提交新的版本（第 {version} 版），请刷新后按新版本审核。")
    return Conflict("version_superseded", sentence, members={"version": version}, version=version)
