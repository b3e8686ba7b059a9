"""How answers leave: as they were built, in the language that the reader asks for."""

import hashlib
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Depends, Query, Request, Response
from fastapi.params import Depends as DependsClass
from pydantic import BaseModel

from services.profile.actions.windows import check_administrator
from services.profile.rules.history import Asked
from shared.contracts.identity import Language
from shared.kit.web import CallerDep
from shared.kit.web.problems import language_of

Name = Annotated[str | None, Query(max_length=100)]
Day = Annotated[date | None, Query(description="A day in China: what was approved at its end.")]


def _language(request: Request) -> Language:
    """The language that sentences in an answer are said in."""
    return "en" if language_of(request.headers.get("accept-language")) == "en" else "zh"


def _asked(section: Name = None, field: Name = None, entry_id: UUID | None = None) -> Asked:
    """Which part of a history is asked about."""
    return Asked(section, field, str(entry_id) if entry_id else None)


def _person(caller: CallerDep) -> None:
    """Refuse visitors before anything is looked for."""
    _ = caller.person


def _administrator(caller: CallerDep) -> None:
    """Refuse everyone but administrators, before anything that was sent is judged."""
    check_administrator(caller)


ADMINISTRATOR: DependsClass = Depends(_administrator)
PERSON: DependsClass = Depends(_person)
AskedDep = Annotated[Asked, Depends(_asked)]
LanguageDep = Annotated[Language, Depends(_language)]


def answer(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The response of what a query built; nothing is read twice on the way out."""
    return Response(orjson.dumps(content, default=_plain), status, headers, "application/json")


def tagged(request: Request, content: bytes) -> Response:
    """JSON that seldom changes, under a tag of its bytes; 304 to who has it already."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="application/json")


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON knows
    """Models of the kit (pages) as plain values."""
    if isinstance(value, BaseModel):
        return dict(value)
    raise TypeError
