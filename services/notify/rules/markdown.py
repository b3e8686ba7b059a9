"""Markdown as announcements use it: safe HTML, and the plain words of it.

Raw HTML is text, pictures are left out, and what is rendered is cleaned once more by a list of what may stay.
"""

from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

KEPT_TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "del", "a", "blockquote", "code",
    "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
KEPT_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
KEPT_SCHEMES = {"http", "https", "mailto", "tel"}
REMEMBERED = 256


def _lower_headings(state: StateCore) -> None:
    """One level down: the page's own heading is the announcement's title."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"


def _reader() -> MarkdownIt:
    """CommonMark with tables and strikethrough."""
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    reader.core.ruler.push("lower_headings", _lower_headings)
    return reader


_READER = _reader()


@lru_cache(REMEMBERED)
def html_of(markdown: str) -> str:
    """The HTML that a page may show as it is."""
    return nh3.clean(
        _READER.render(markdown),
        tags=KEPT_TAGS,
        attributes=KEPT_ATTRIBUTES,
        url_schemes=KEPT_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


@lru_cache(REMEMBERED)
def words_of(markdown: str) -> str:
    """The plain words, a line for each paragraph, heading, item or row."""
    spaced = html_of(markdown).replace("<br>", "\n").replace("</td>", " </td>").replace("</th>", " </th>")
    text = unescape(nh3.clean(spaced, tags=set()))
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)


def excerpt(markdown: str, most: int) -> str:
    """The first words, at most so many characters, with … where there are more."""
    words = words_of(markdown)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
