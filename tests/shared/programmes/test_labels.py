"""Everything that a programme says is said in both languages, and plainly."""

import re
from collections.abc import Iterator

import pytest

from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Field, Programme, Section, Type, Words
from shared.programmes.shape.faults import LACKING, SENTENCES

EVERY = PROGRAMMES.values()
SECTIONS: list[Section] = [
    section
    for programme in EVERY
    for section in (*programme.sections, *([programme.registration] if programme.registration else []))
]
FIELDS: list[Field] = [field for section in SECTIONS for field in section.fields]
TYPES = {
    "name": Type.TEXT,
    "photo": Type.PHOTO,
    "scan": Type.SCANS,
    "id_scan": Type.SCANS,
    "main_duties": Type.LONG_TEXT,
    "description": Type.LONG_TEXT,
    "summary": Type.LONG_TEXT,
    "year": Type.INTEGER,
    "hours": Type.INTEGER,
    "funding": Type.DECIMAL,
    "amount": Type.DECIMAL,
    "registered_capital": Type.DECIMAL,
    "current": Type.BOOLEAN,
    "party": Type.CHOICE,
    "series": Type.CHOICE,
    "relation": Type.TEXT,
    "mobile": Type.PHONE,
    "office_phone": Type.PHONE,
    "email": Type.EMAIL,
    "id_number": Type.ID_NUMBER,
}


def titles(programme: Programme) -> Iterator[Words]:
    """Every title of a programme but those of sections and fields."""
    yield programme.title
    yield from (tier.title for tier in programme.tiers)
    yield from (category.title for category in programme.categories)
    yield from (partner.title for partner in programme.shares_with)
    yield from ([programme.membership.title] if programme.membership else [])


@pytest.mark.parametrize("words", [*(words for programme in EVERY for words in titles(programme)),
                                   *(section.title for section in SECTIONS)])  # fmt: skip
def test_a_title_is_in_both_languages(words: Words) -> None:
    assert re.search(r"[\u4e00-\u9fff]", words.zh)
    assert re.search(r"[A-Za-z]", words.en)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.section)
def test_a_field_is_labelled_in_both_languages_and_so_is_each_choice(section: Section) -> None:
    for field in section.fields:
        said = [field.title, *([field.help] if field.help else []), *(choice.title for choice in field.choices)]
        assert all(words.zh and words.en for words in said)
        assert re.search(r"[\u4e00-\u9fff]", field.title.zh)
        assert re.fullmatch(r"[A-Z][A-Za-z0-9 ,()-]+", field.title.en)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.section)
def test_titles_within_a_section_are_told_apart(section: Section) -> None:
    for language in ("zh", "en"):
        said = [field.title.say(language) for field in section.fields]
        assert len(set(said)) == len(said)


def test_fields_have_the_types_that_the_domain_page_gives_their_names() -> None:
    for field in FIELDS:
        if field.field.endswith(("_on", "_on*")):
            assert field.type is Type.DATE, field.field
        if field.field.endswith("rank"):
            assert field.type is Type.INTEGER, field.field
        assert field.type is TYPES.get(field.field, field.type), field.field
        assert bool(field.choices) is (field.type is Type.CHOICE), field.field


def test_an_employer_is_an_organization_in_basic_and_text_elsewhere() -> None:
    for section in SECTIONS:
        for field in section.fields:
            if field.field == "employer":
                assert field.type is (Type.ORGANIZATION if section.section == "basic" else Type.TEXT)


def test_texts_hold_two_hundred_characters_and_long_ones_two_thousand() -> None:
    lengths = {(field.type, field.max_length) for field in FIELDS if field.field != "credit_code"}

    assert {pair for pair in lengths if pair[0] in {Type.TEXT, Type.LONG_TEXT}} == {
        (Type.TEXT, 200),
        (Type.LONG_TEXT, 2000),
    }


@pytest.mark.parametrize("template", [*SENTENCES.values(), *LACKING.values()])
def test_a_sentence_has_the_same_places_in_both_languages(template: Words) -> None:
    assert set(re.findall(r"{(\w+)}", template.zh)) >= set(re.findall(r"{(\w+)}", template.en))
    assert not set("!！") & set(template.zh + template.en)
