"""Draws pages: Jinja2 templates, always escaped, in the visitor's language."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.gateway.portal.visit import Shown, Visit
from services.gateway.rules.labels import LABELS
from shared.kit.texts import translate

HOME = Path(__file__).parents[1]
CHINA = ZoneInfo("Asia/Shanghai")


@cache
def environment() -> Environment:
    """The templates, each compiled once."""
    drawn = Environment(
        loader=FileSystemLoader(HOME / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawn.filters["moment"] = moment
    drawn.globals["style"] = f"/static/portal.css?{digest('portal.css')}"
    return drawn


@cache
def digest(name: str) -> str:
    """A mark of a static file's content, so that a new release is seen at once."""
    return sha256((HOME / "static" / name).read_bytes()).hexdigest()[:12]


def draw(visit: Visit, shown: Shown) -> bytes:
    """The page as HTML."""
    return environment().get_template(shown.template).render(_surroundings(visit) | dict(shown.values)).encode()


def _surroundings(visit: Visit) -> dict[str, Any]:
    """What every page knows: language, visitor, where it is, the token that its forms carry."""
    language = visit.exchange.language
    session = visit.exchange.session
    return {
        "_": partial(_say, language),
        "label": partial(_label, language),
        "language": language,
        "session": session,
        "csrf": session.csrf if session else "",
        "path": visit.exchange.scope["path"],
        "has_mailbox": visit.desk.settings.has_mailbox,
        "request_id": visit.exchange.request_id,
    }


def _say(language: str, sentence: str | Mapping[str, str], **values: object) -> str:
    """A sentence in the visitor's language."""
    return translate(sentence, language, **values)


def _label(language: str, kind: str, value: str | None) -> str:
    """The word for a state or kind; the key itself for one that this release does not know."""
    return translate(LABELS.get(kind, {}).get(value or "", value or ""), language)


def moment(value: str | None) -> str:
    """An instant of the API as people read it, in China's time."""
    if not value:
        return ""
    try:
        return datetime.fromisoformat(value).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return value
