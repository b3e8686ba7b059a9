"""Whose turn it is, and what a decision must say: tables of cases and the code that each gets."""

from contextlib import nullcontext
from dataclasses import replace
from typing import Literal
from uuid import UUID

import pytest

from services.review.rules import Standing, can_reopen, check_turn, check_verdict, is_holder
from shared.contracts.refusals import Conflict, Invalid
from tests.services.review.stories import BUREAU, CITY, EMPLOYER, steps

HERE = Standing("in_review", 1, 2, 1, steps())
DONE = {"decided_by": {"name": "李主任"}}


@pytest.mark.parametrize(
    ("standing", "who", "version", "decided", "code"),
    [
        (HERE, BUREAU, 2, None, None),
        (HERE, BUREAU, 1, None, "version_superseded"),
        (HERE, BUREAU, 3, None, "version_superseded"),
        (HERE, EMPLOYER, 2, DONE, "already_decided"),
        (HERE, CITY, 2, None, "not_your_turn"),
        (replace(HERE, state="returned"), BUREAU, 2, DONE, "already_decided"),
        (replace(HERE, state="withdrawn"), BUREAU, 2, None, "case_withdrawn"),
        (replace(HERE, state="approved", position=4), CITY, 2, DONE, "already_decided"),
    ],
)
def test_only_the_holder_decides_the_newest_version(
    standing: Standing, who: UUID, version: int, decided: dict[str, object] | None, code: str | None
) -> None:
    if code is None:
        check_turn(standing, who, version, reopens=False, decided=decided)
        return
    with pytest.raises(Conflict) as refused:
        check_turn(standing, who, version, reopens=False, decided=decided)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("state", "position", "who", "decision", "policy", "can"),
    [
        ("approved", 4, CITY, "return", True, True),
        ("approved", 4, CITY, "return", False, False),
        ("approved", 4, CITY, "approve", True, False),
        ("approved", 4, BUREAU, "return", True, False),
        ("returned", 4, CITY, "return", True, False),
        ("in_review", 4, CITY, "return", True, False),
    ],
)
def test_an_approved_case_is_returned_by_its_last_tier_where_the_programme_knows_that(
    state: Literal["approved", "returned", "in_review"],
    position: int,
    who: UUID,
    decision: Literal["approve", "return"],
    policy: bool,
    can: bool,
) -> None:
    standing = replace(HERE, state=state, position=position)

    assert can_reopen(standing, who, decision, policy=policy) is can


@pytest.mark.parametrize(
    ("state", "who", "holds"),
    [("in_review", BUREAU, True), ("in_review", CITY, False), ("returned", BUREAU, False), ("approved", BUREAU, False)],
)
def test_the_holder_is_who_decides_now(
    state: Literal["in_review", "returned", "approved"], who: UUID, holds: bool
) -> None:
    assert is_holder(replace(HERE, state=state), who) is holds


@pytest.mark.parametrize(
    ("decision", "comment", "category", "remarks", "categories", "codes"),
    [
        ("approve", None, None, 0, (), []),
        ("approve", "材料齐全", None, 0, (), []),
        ("approve", None, "B", 0, ("A", "B"), []),
        ("return", "请补正", None, 2, (), []),
        ("return", "请补正", None, 0, ("A", "B"), []),
        ("return", None, None, 0, (), ["comment_missing"]),
        ("return", "", "B", 0, ("A", "B"), ["comment_missing", "category_not_here"]),
        ("approve", None, "B", 0, (), ["category_not_here"]),
        ("approve", None, None, 0, ("A", "B"), ["category_missing"]),
        ("approve", None, "Z", 0, ("A", "B"), ["category_unknown"]),
        ("approve", None, None, 1, (), ["remarks_not_here"]),
    ],
)
def test_a_decision_says_what_it_must_and_no_more(
    decision: Literal["approve", "return"],
    comment: str | None,
    category: str | None,
    remarks: int,
    categories: tuple[str, ...],
    codes: list[str],
) -> None:
    with pytest.raises(Invalid) if codes else nullcontext() as refused:
        check_verdict(decision, comment=comment, category=category, remarks=remarks, categories=categories)

    if refused is not None:
        assert [fault.code for fault in refused.value.faults] == codes
        assert refused.value.code == codes[0]
