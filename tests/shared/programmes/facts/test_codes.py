"""Every code list is whole, in both languages, with its source and date."""

import pytest

from shared.programmes import facts
from shared.programmes.facts.codes import _LISTS, code_list

COUNTS = {
    "countries": 249,
    "degrees": 57,
    "divisions": 26,
    "education_levels": 40,
    "ethnicities": 58,
    "genders": 4,
    "id_types": 5,
    "political_statuses": 13,
    "title_levels": 8,
    "title_series": 56,
}
OFFERED = (
    facts.countries, facts.degrees, facts.education_levels, facts.ethnicities, facts.genders, facts.id_types,
    facts.political_statuses, facts.title_levels, facts.title_series,
)  # fmt: skip


def test_every_list_is_counted() -> None:
    assert {path.stem: len(code_list(path.stem).choices) for path in _LISTS.glob("*.csv")} == COUNTS
    assert sorted(len(offer()) for offer in OFFERED) == sorted(COUNTS[name] for name in COUNTS if name != "divisions")


@pytest.mark.parametrize("name", COUNTS)
def test_a_list_has_source_date_and_each_code_once_in_both_languages(name: str) -> None:
    read = code_list(name)

    assert read.source
    assert read.date.isdigit()
    assert len({choice.value for choice in read.choices}) == len(read.choices)
    assert all(choice.title.zh.strip() and choice.title.en.strip() for choice in read.choices)
    assert len({choice.title.zh for choice in read.choices}) == len(read.choices)
    assert len({choice.title.en for choice in read.choices}) == len(read.choices)


@pytest.mark.parametrize(
    ("name", "value", "zh"),
    [
        ("countries", "CHN", "中国"),
        ("countries", "TWN", "中国台湾"),
        ("degrees", "408", "工学学士学位"),
        ("education_levels", "21", "大学本科毕业"),
        ("ethnicities", "01", "汉族"),
        ("ethnicities", "97", "其他"),
        ("ethnicities", "98", "外国血统中国籍人士"),
        ("genders", "2", "女"),
        ("political_statuses", "13", "群众"),
        ("title_levels", "412", "副高级"),
        ("title_series", "080", "工程技术人员"),
    ],
)
def test_codes_are_those_of_their_standard(name: str, value: str, zh: str) -> None:
    assert {choice.value: choice.title.zh for choice in code_list(name).choices}[value] == zh
