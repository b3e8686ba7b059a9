"""Sentences in the reader's language, with what fills them."""

import pytest
from structlog.testing import capture_logs

from shared.kit.texts import english, translate

SOURCE = "“{field}”最多 {max_length} 个字。"


def test_chinese_is_the_source_and_english_is_in_the_catalogues() -> None:
    assert translate("请先登录。", "zh") == "请先登录。"
    assert translate("请先登录。", "en") == english()["请先登录。"]


def test_a_sentence_without_english_is_said_in_chinese() -> None:
    assert translate("从未有人翻译过的话", "en") == "从未有人翻译过的话"


def test_values_fill_a_sentence_in_both_languages() -> None:
    assert translate(SOURCE, "zh", field="姓名", max_length=20) == "“姓名”最多 20 个字。"
    assert translate(SOURCE, "en", field="name", max_length=20) == english()[SOURCE].format(field="name", max_length=20)


@pytest.mark.parametrize(("language", "said"), [("zh", "请选择民族"), ("en", "Choose Ethnicity"), ("fr", "请选择民族")])
def test_a_pair_of_languages_is_said_in_the_readers(language: str, said: str) -> None:
    sentence, label = {"zh": "请选择{label}", "en": "Choose {label}"}, {"zh": "民族", "en": "Ethnicity"}

    assert translate(sentence, language, label=label) == said


def test_a_pair_that_lacks_a_language_is_said_in_chinese() -> None:
    assert translate({"zh": "民族", "en": ""}, "en") == "民族"


@pytest.mark.parametrize("sentence", ["请在 {days} 天内修改{0}", "请在 {days} 天内修改"])
def test_a_hole_is_left_as_it_stands_and_logged(sentence: str) -> None:
    with capture_logs() as logged:
        said = translate(sentence, "zh", other=1)

    assert said == sentence
    assert logged == [{"event": "sentence_with_a_hole", "sentence": sentence, "log_level": "warning"}]


def test_a_value_is_never_read_as_a_sentence() -> None:
    assert translate("{name}，您好", "zh", name="{name.__class__}") == "{name.__class__}，您好"
