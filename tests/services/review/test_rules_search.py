"""How a case is found: names, pinyin, initials, numbers, and the last four of an ID number."""

from uuid import uuid4

import pytest

from services.review.rules import terms, tokens, wanted


def finds(query: str, name: str = "欧阳建国", pinyin: str = "ou yang jian guo") -> bool:
    """Whether the query finds the applicant."""
    known = terms(name, pinyin, "DZ-2026-000123", "idx:123X")
    return all(any(meaning <= known for meaning in word) for word in wanted(query, lambda text: f"idx:{text}"))


@pytest.mark.parametrize(
    "query",
    [
        "欧阳建国", "欧阳", "建国", "国", "阳建", "ouyang", "OuYang", "ouyangjian", "jianguo", "oyjg", "oy", "jg", "o",
        "DZ-2026-000123", "dz2026000123", "000123", "123", "123x", "123X", "欧阳 jg", "ｏｕｙａｎｇ", "", "  ",
    ],
)  # fmt: skip
def test_an_applicant_is_found_by(query: str) -> None:
    assert finds(query)


@pytest.mark.parametrize(
    "query", ["欧国", "阳欧", "张", "yangou", "uyang", "000124", "1234", "欧阳 zhang", "%", "_", "o'", "\\"]
)
def test_an_applicant_is_not_found_by(query: str) -> None:
    assert not finds(query)


@pytest.mark.parametrize("query", ["Müller", "anna", "ANNA mü"])
def test_foreigners_are_found_by_their_own_names(query: str) -> None:
    assert finds(query, name="Anna Müller", pinyin="anna m ller")


def test_rare_characters_are_whole_characters() -> None:
    assert finds("𠮷野", name="𠮷野", pinyin="ye")


def test_organizations_do_not_share_their_terms() -> None:
    one, other = uuid4(), uuid4()
    words = terms("张伟", "zhang wei", "DZ-2026-000001", "")

    assert set(tokens(one, words)) & set(tokens(other, words)) == set()
    assert tokens(one, words) == sorted(tokens(one, words))
