"""Everything that people read is there in Chinese and in English."""

import ast
import re

from babel.messages.pofile import read_po

from shared.kit.texts import catalogues, english
from tests.house.sources import calls_of, modules, said

PLACEHOLDER = re.compile(r"\{(\w*)\}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def sentences() -> dict[str, str]:
    """Every sentence that is marked for translation, and where it stands."""
    found = {}
    for path, call in calls_of("_", "services", "shared", "cli"):
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
            found[call.args[0].value] = f"{said(path)}:{call.lineno}"
    return found


def test_every_marked_sentence_is_chinese() -> None:
    assert {text: place for text, place in sentences().items() if not CHINESE.search(text)} == {}


def test_every_marked_sentence_has_its_english() -> None:
    assert {text: place for text, place in sentences().items() if text not in english()} == {}


def test_a_translation_has_the_placeholders_of_its_source() -> None:
    bent = {
        source: target
        for source, target in english().items()
        if sorted(set(PLACEHOLDER.findall(source))) != sorted(set(PLACEHOLDER.findall(target)))
    }

    assert bent == {}


def test_no_catalogue_holds_a_fuzzy_or_empty_translation() -> None:
    poor = []
    for path in catalogues():
        with path.open(encoding="utf-8") as file:
            poor += [
                (said(path), entry.id) for entry in read_po(file) if entry.id and (entry.fuzzy or not entry.string)
            ]

    assert poor == []


def test_no_marked_sentence_is_put_together_from_pieces() -> None:
    pieces = [
        f"{said(path)}:{call.lineno}"
        for path, call in calls_of("_", "services", "shared", "cli")
        if call.args and not isinstance(call.args[0], ast.Constant)
    ]

    assert pieces == []


def test_there_are_modules_to_look_at() -> None:
    assert len(modules("services")) > 50
