"""Markdown becomes HTML that can do nothing, and plain words."""

import pytest

from services.notify.rules.markdown import excerpt, html_of, words_of


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**粗**和*斜*", "<p><strong>粗</strong>和<em>斜</em></p>\n"),
        ("# 一\n## 二", "<h2>一</h2>\n<h3>二</h3>\n"),
        ("###### 六", "<h6>六</h6>\n"),
        ("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n"),
        ("[看](javascript:alert(1))", "<p>[看](javascript:alert(1))</p>\n"),
        ("[看](data:text/html;base64,PHA+)", "<p>[看](data:text/html;base64,PHA+)</p>\n"),
        ("[看](ftp://a.example)", '<p><a rel="noopener noreferrer nofollow">看</a></p>\n'),
        (
            '[看](https://a.example "题")',
            '<p><a href="https://a.example" title="题" rel="noopener noreferrer nofollow">看</a></p>\n',
        ),
        ("[看](/login)", '<p><a href="/login" rel="noopener noreferrer nofollow">看</a></p>\n'),
    ],
)
def test_markdown_is_rendered_and_nothing_else(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


def test_pictures_from_anywhere_are_left_out() -> None:
    assert "<img" not in html_of("![追踪](https://a.example/pixel.png)")


def test_tables_are_kept_and_no_style_with_them() -> None:
    html = html_of("| 单位 | 人数 |\n|:--|--:|\n| 甲 | 3 |")

    assert "<td>甲</td>" in html
    assert "style" not in html


@pytest.mark.parametrize("nasty", ["[" * 20_000, "*a " * 6_000, "> " * 10_000, "`" * 20_000, "- " * 10_000])
def test_what_is_meant_to_choke_it_does_not(nasty: str) -> None:
    assert html_of(nasty)


def test_the_plain_words_have_a_line_for_each_part() -> None:
    assert words_of("# 通知\n\n一 **二** &amp; <b>\n\n- 甲\n- 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |") == (
        "通知\n一 二 & <b>\n甲\n乙\na\nb\n1\n2"
    )


def test_an_excerpt_ends_where_it_must() -> None:
    assert excerpt("一二三四五", 5) == "一二三四五"
    assert excerpt("一二三四五六", 5) == "一二三四…"
