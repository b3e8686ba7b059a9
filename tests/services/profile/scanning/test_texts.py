"""Every code has its sentence, in both languages."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import services.profile
from services.profile.scanning import Rejection, finding, reason, texts

CATALOGUE = Path(services.profile.__path__[0]) / "locale/en/LC_MESSAGES/messages.po"


@pytest.mark.parametrize("code", Rejection)
def test_each_rejection_says_what_to_do(code: Rejection) -> None:
    assert reason(code).endswith("。")
    assert reason(code.value) == reason(code)


@pytest.mark.parametrize("code", texts.FINDINGS)
def test_each_finding_has_its_sentence(code: str) -> None:
    assert finding(code).endswith("。")


@pytest.mark.parametrize("sentence", [*texts.REASONS.values(), *texts.FINDINGS.values()])
def test_each_sentence_has_its_english(sentence: str) -> None:
    with CATALOGUE.open("rb") as file:
        english = read_po(file, locale="en").get(sentence)

    assert english is not None
    assert str(english.string).endswith(".")
