"""Which language to answer in, and where to go after a login."""

import re
from typing import Literal
from urllib.parse import urlsplit

Language = Literal["zh", "en"]
_RANGE = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?")
_OWN_PATH = re.compile(r"/[A-Za-z0-9/._~?=&%-]*")


def language_of(accept: str | None) -> Language:
    """The language of an Accept-Language header (RFC 9110, 12.5.4): Chinese unless English is liked better."""
    liked = {"zh": 0.0, "en": 0.0}
    for part in (accept or "")[:500].split(","):
        if (found := _RANGE.fullmatch(part)) is not None:
            name, weight = found[1].lower(), float(found[2] or 1)
            for language in liked if name == "*" else {name} & liked.keys():
                liked[language] = max(liked[language], weight)
    return "en" if liked["en"] > liked["zh"] else "zh"


def safe_next(path: str | None) -> str:
    """A path of our own to go on to; the start page for anything that might lead elsewhere."""
    if not path or not _OWN_PATH.fullmatch(path) or path.startswith("//") or urlsplit(path).netloc:
        return "/"
    return path
