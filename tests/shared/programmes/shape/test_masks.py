"""Masks show what they may and no more."""

import pytest

from shared.programmes.shape import Json, Mask
from shared.programmes.shape.masks import surname


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (Mask.LAST_TWO, "371402199003077518", "*" * 16 + "18"),
        (Mask.LAST_FOUR, "13805340001", "*******0001"),
        (Mask.LAST_TWO, "18", "****"),
        (Mask.SURNAME, "张伟", "张**"),
        (Mask.SURNAME, "欧阳明", "欧阳**"),
        (Mask.SURNAME, "John Smith", "J**"),
        (Mask.ALL, "工程师", "****"),
        (Mask.ALL, "1990-03-07", "****"),
        (Mask.NONE, "张伟", "张伟"),
        (Mask.ALL, None, None),
    ],
)
def test_a_mask_shows_its_part_alone(mask: Mask, value: Json, shown: Json) -> None:
    assert mask.over(value) == shown


@pytest.mark.parametrize("mask", [Mask.LAST_TWO, Mask.LAST_FOUR, Mask.SURNAME, Mask.ALL])
def test_what_a_mask_shows_is_known_for_masked(mask: Mask) -> None:
    assert mask.is_on(mask.over("欧阳明远"))
    assert not mask.is_on("欧阳明远")
    assert not mask.is_on(None)


def test_a_star_is_welcome_where_nothing_is_masked() -> None:
    assert not Mask.NONE.is_on("A* 搜索算法")


@pytest.mark.parametrize(("name", "expected"), [("司马光", "司马"), ("东方", "东"), ("李四", "李"), ("单田芳", "单")])
def test_compound_surnames_stay_whole(name: str, expected: str) -> None:
    assert surname(name) == expected
