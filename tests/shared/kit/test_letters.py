"""Letters: rendered without holes, escaped where they are HTML, inert where words look like templates."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from shared.kit.letters import Frame, Letters, Rendered, message, one_line

SENT_AT = datetime(2026, 11, 20, tzinfo=UTC)
FRAME = Frame("聚贤平台 <no-reply@juxian.test>", "zhang.wei@demo.juxian.test", "<1@juxian.test>", SENT_AT)
FILES = {
    "_base/letter.css": ".box { color: red; }",
    "_base/body.html": '<!doctype html><p class="box">{% block words %}{% endblock %}</p>',
    "greeting/subject.txt": "致 {{ name }}",
    "greeting/body.txt": "您好，{{ name }}\n\n\n\n完",
    "greeting/body.html": '{% extends "_base/body.html" %}{% block words %}{{ name }}{% endblock %}',
}


def written(folder: Path, files: dict[str, str]) -> Path:
    """The folder with these files in it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def letters(tmp_path: Path) -> Letters:
    return Letters(written(tmp_path / "home", FILES))


def test_a_letter_is_subject_text_and_html_with_its_styles_inline(letters: Letters) -> None:
    assert letters.names == ("greeting",)
    assert letters.render("greeting", "zh", {"name": "张伟"}) == Rendered(
        "致 张伟", "您好，张伟\n\n完\n", '<!doctype html><p style="color: red;">张伟</p>'
    )


def test_a_missing_word_is_an_error_and_no_hole(letters: Letters) -> None:
    with pytest.raises(UndefinedError):
        letters.render("greeting", "zh", {})


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"])
def test_what_people_wrote_is_text_and_nothing_else(letters: Letters, hostile: str) -> None:
    letter = letters.render("greeting", "zh", {"name": hostile})

    assert letter.subject == f"致 {hostile}"
    assert "<script" not in letter.html
    assert "<img" not in letter.html
    assert "49" not in letter.html


def test_a_template_cannot_reach_beyond_its_words(tmp_path: Path) -> None:
    reaching = {**FILES, "greeting/body.txt": "{{ name.__class__.__mro__ }}"}

    with pytest.raises(SecurityError):
        Letters(written(tmp_path, reaching)).render("greeting", "zh", {"name": "张伟"})


def test_a_programme_lays_its_own_file_over_one(letters: Letters, tmp_path: Path) -> None:
    over = written(tmp_path / "programme", {"greeting/subject.txt": "专属：{{ name }}"})

    letter = letters.render("greeting", "zh", {"name": "张伟"}, over)

    assert (letter.subject, letter.text) == ("专属：张伟", "您好，张伟\n\n完\n")
    assert letters.render("greeting", "zh", {"name": "张伟"}, tmp_path / "nothing").subject == "致 张伟"


def test_a_class_that_the_sheet_does_not_know_is_an_error(tmp_path: Path) -> None:
    unknown = {**FILES, "_base/body.html": '<p class="unheard">{% block words %}{% endblock %}</p>'}

    with pytest.raises(LookupError, match="unheard"):
        Letters(written(tmp_path, unknown)).render("greeting", "zh", {"name": "张伟"})


def test_plural_forms_are_refused(tmp_path: Path) -> None:
    plural = {**FILES, "greeting/body.txt": "{% trans n=2 %}one{% pluralize %}many{% endtrans %}"}

    with pytest.raises(NotImplementedError):
        Letters(written(tmp_path, plural)).render("greeting", "zh", {"name": "张伟"})


def test_a_message_holds_both_bodies_and_says_that_it_is_automatic() -> None:
    rendered = Rendered("您的申报已提交，现由鲁北新材料有限公司审核，请留意进度", "正文\n." * 300, "<p>正文</p>" * 300)

    raw = message(rendered, FRAME)
    read = message_from_bytes(raw, policy=policy.default)

    assert read["Subject"] == rendered.subject
    assert (read["To"], read["Message-ID"]) == ("zhang.wei@demo.juxian.test", "<1@juxian.test>")
    assert str(read["From"]) == "聚贤平台 <no-reply@juxian.test>"
    assert (read["Auto-Submitted"], read.get_content_type()) == ("auto-generated", "multipart/alternative")
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert (plain.get_content(), html.get_content()) == (rendered.text, rendered.html)
    assert read.defects == []
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("break_out", ["\r\nBcc: a@b.test", "\nX: y", "a\x00b", "a\u2028b", "a\x0bBcc: c"])
def test_a_subject_never_begins_another_header(break_out: str) -> None:
    subject = one_line(f"待审核：张伟{break_out}")

    read = message_from_bytes(message(Rendered(subject, "", ""), FRAME), policy=policy.default)

    assert sorted(read.keys()) == sorted(message_from_bytes(message(Rendered("", "", ""), FRAME)).keys())
    assert "Bcc" not in read


@pytest.mark.parametrize(
    "address", ["a@b.test\r\nBcc: c@d.test", "a@b.test\nX: y", "a@b.test, c@d.test", "a b@c.test", "张@b.test"]
)
def test_an_address_that_would_break_out_of_its_header_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="header"):
        message(Rendered("", "", ""), FRAME._replace(recipient=address))
