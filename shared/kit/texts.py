"""Sentences in the reader's language: Chinese is the source, English comes from the packages' gettext catalogues."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import structlog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
log = structlog.get_logger(__name__)


def catalogues() -> list[Path]:
    """The English catalogues of all packages."""
    return sorted(
        path for tree in ("services", "shared", "cli") for path in (ROOT / tree).glob("**/locale/en/LC_MESSAGES/*.po")
    )


@cache
def english() -> Mapping[str, str]:
    """Chinese sentence → English sentence, over all packages."""
    texts: dict[str, str] = {}
    for path in catalogues():
        with path.open(encoding="utf-8") as file:
            for message in read_po(file, locale="en"):
                if message.id and isinstance(message.id, str) and isinstance(message.string, str) and message.string:
                    texts[message.id] = message.string
    return texts


def translate(sentence: str | Mapping[str, str], language: str, **values: object) -> str:
    """Say the sentence in that language, its `{names}` filled.

    A value that is itself a pair of languages ({'zh': …, 'en': …}) is said in the language; a name that nobody
    filled is left as it stands, and logged: a reader is better served by a hole than by an error.
    """
    said = _pick(sentence, language)
    if not values:
        return said
    filled = {name: _pick(value, language) if isinstance(value, Mapping) else value for name, value in values.items()}
    try:
        return said.format(**filled)
    except (KeyError, IndexError):
        log.warning("sentence_with_a_hole", sentence=said)
        return said


def _pick(sentence: str | Mapping[str, str], language: str) -> str:
    """The text in that language; Chinese where there is no other."""
    if isinstance(sentence, Mapping):
        return sentence.get(language) or sentence["zh"]
    return english().get(sentence, sentence) if language == "en" else sentence
