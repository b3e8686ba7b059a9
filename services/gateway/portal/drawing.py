"""Draws pages: Jinja2 templates, always escaped, in the visitor's language."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from services.gateway.portal.choices import options
from services.gateway.portal.files import address
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
    drawn.filters["moment"] = drawn.globals["moment"] = moment
    drawn.filters["day"] = day
    drawn.globals["asset"] = address
    drawn.globals["icon"] = icon
    return drawn


@cache
def icon(name: str, classes: str = "") -> Markup:
    """A picture from the sprite (`ops/portal/icons.txt` names them); for eyes only, words stand beside it."""
    sprite = address("vendor/icons.svg")
    mark = '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
    return Markup(mark).format(classes, sprite, name)  # noqa: S704 - what is put in is escaped by format


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
        "options": partial(options, language),
        "language": language,
        "session": session,
        "roles": session.roles if session else frozenset(),
        "csrf": session.csrf if session else "",
        "path": visit.exchange.scope["path"],
        "other_language": _other_language(visit),
        "has_mailbox": visit.desk.settings.has_mailbox,
        "request_id": visit.exchange.request_id,
    }


def _other_language(visit: Visit) -> str:
    """The address of this very page in the other language, whatever was asked of it."""
    asked = [(name, value) for name, value in visit.query.pairs if name != "lang"]
    path = visit.exchange.scope["path"] if visit.exchange.method in {"GET", "HEAD"} else "/"
    return f"{path}?{urlencode([*asked, ('lang', 'zh' if visit.exchange.language == 'en' else 'en')])}"


def _say(language: str, sentence: str | Mapping[str, str], **values: object) -> str:
    """A sentence in the visitor's language."""
    return translate(sentence, language, **values)


def _label(language: str, kind: str, value: str | None) -> str:
    """The word for a state or kind; the key itself for one that this release does not know."""
    return translate(LABELS.get(kind, {}).get(value or "", value or ""), language)


def day(value: str | None) -> str:
    """The day of an instant or date of the API, in China's time."""
    return moment(value)[:10]


def moment(value: str | None) -> str:
    """An instant of the API as people read it, in China's time."""
    if not value:
        return ""
    try:
        return datetime.fromisoformat(value).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return value
