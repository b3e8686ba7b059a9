"""Letters: folders of templates, rendered in the reader's language and never with a hole, and the message of each."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, parseaddr
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import css_inline
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from shared.kit.texts import translate

SHEET = "_base/letter.css"
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}
_CLASSES = re.compile(r'class="([\w -]+)"')
_GAPS = re.compile(r"\n{3,}")
_BOUNDARY = "=_juxian"  # "=" followed by "_" cannot occur in base64, so no part can hold it


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words: one line of subject, plain text, and HTML with its styles inline."""

    subject: str
    text: str
    html: str


class Frame(NamedTuple):
    """What stands around a rendered letter when it travels."""

    sender: str
    """`Name <address>` or an address alone."""
    recipient: str
    message_id: str
    """With its angle brackets; the same at each attempt, so that a doubled letter is known as one."""
    sent_at: datetime


class _Dressed(FileSystemLoader):
    """Reads templates; classes of HTML become style attributes here, once a template, never once a letter."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, object]:  # type: ignore[override]  # jinja's own third item is untyped
        """The template's source, dressed where it is HTML."""
        source, filename, is_fresh = super().get_source(environment, template)
        if template.endswith(".html"):
            assert environment.loader is not None  # noqa: S101 - it is what called us
            sheet = environment.loader.get_source(environment, SHEET)[0]
            source = _CLASSES.sub(lambda found: f'style="{_style(sheet, found[1])}"', source)
        return source, filename, is_fresh


class Letters:
    """A folder with a folder for each letter: `subject.txt`, `body.txt`, `body.html`; `_base` is what they extend."""

    def __init__(self, home: Path) -> None:
        """Read templates from `home`; they are compiled when first wanted, and kept."""
        self.home = home
        self._environment = cache(partial(_environment, home))

    @property
    def names(self) -> tuple[str, ...]:
        """Every letter that there is."""
        return tuple(sorted(path.parent.name for path in self.home.glob("[!_]*/subject.txt")))

    def subject(self, letter: str, language: str, words: Mapping[str, object], over: Path | None = None) -> str:
        """The subject alone: one line, whatever the words hold."""
        template = self._environment(language, over).get_template(f"{letter}/subject.txt")
        return one_line(template.render(words))

    def text(self, letter: str, language: str, words: Mapping[str, object], over: Path | None = None) -> str:
        """The plain text alone, for the portal's copy."""
        template = self._environment(language, over).get_template(f"{letter}/body.txt")
        return _GAPS.sub("\n\n", template.render(words)).strip() + "\n"

    def render(self, letter: str, language: str, words: Mapping[str, object], over: Path | None = None) -> Rendered:
        """The whole letter in `language`; a file of the folder `over` (a programme's own letters) goes first.

        Raises jinja2.UndefinedError where a template names what `words` lacks, SecurityError for a template
        that reaches beyond them.
        """
        subject = self.subject(letter, language, words, over)
        page = self._environment(language, over).get_template(f"{letter}/body.html")
        html = page.render(words, subject=subject, language_tag=LANGUAGE_TAGS[language])
        return Rendered(subject, self.text(letter, language, words, over), html)


def one_line(text: str) -> str:
    """The text on one line, without what cannot be printed: nothing in it can begin another header."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def message(letter: Rendered, frame: Frame) -> bytes:
    """The letter as it travels (RFC 5322): plain text and HTML as alternatives, both base64.

    Built by hand from parts that hold ASCII alone: an eighth of what `MIMEMultipart` costs. Refused, by ValueError:
    an address or id that would break out of its header.
    """
    headers = {
        "From": _mailbox(frame.sender),
        "To": _ascii(frame.recipient),
        "Subject": Header(letter.subject, "utf-8", header_name="Subject").encode(linesep="\r\n"),
        "Date": format_datetime(frame.sent_at),
        "Message-ID": _ascii(frame.message_id),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{_BOUNDARY}"',
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("ascii")
    parts = b"".join(_part(kind, body) for kind, body in (("plain", letter.text), ("html", letter.html)))
    return head + b"\r\n" + parts + f"--{_BOUNDARY}--\r\n".encode()


def _part(kind: str, body: str) -> bytes:
    """One alternative."""
    head = f"--{_BOUNDARY}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(body.encode()).replace(b"\n", b"\r\n")


@cache
def _mailbox(sender: str) -> str:
    """The sender's header: its name encoded, its address as it is."""
    name, address = parseaddr(sender)
    return f"{Header(name, 'utf-8').encode()} <{_ascii(address)}>" if name else _ascii(address)


def _ascii(value: str) -> str:
    """The value, where it is one printable word in ASCII."""
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("a header's value must be one printable word")
    return value


def _environment(home: Path, language: str, over: Path | None) -> Environment:
    """The templates of one language: sandboxed, strict, HTML escaped, sentences from the catalogues."""
    folders = [over, home] if over is not None and over.is_dir() else [home]
    loaders: list[BaseLoader] = [_Dressed(folder) for folder in folders]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    say = partial(_say, language)
    environment.install_gettext_callables(say, _no_plurals, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    return environment


def _say(language: str, sentence: str) -> str:
    """The sentence in the language; its %(places)s are filled by Jinja."""
    return translate(sentence, language)


def _no_plurals(*_: object) -> str:
    """Refuse plural forms: sentences are written so that they need none, as Chinese does."""
    raise NotImplementedError("letters have no plural forms")


@cache
def _style(sheet: str, classes: str) -> str:
    """The style attribute that the sheet gives an element of those classes."""
    page = f'<html><head><style>{sheet}</style></head><body><div class="{classes}"></div></body></html>'
    found = re.search(r'<div [^>]*style="([^"]*)"', css_inline.inline(page))
    if found is None:
        raise LookupError(f"{SHEET} knows nothing of {classes!r}")
    return found[1].strip()
