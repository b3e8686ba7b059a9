"""How answers leave: as they were built, in the language that the reader asks for."""

import hashlib
from typing import Annotated, Any

import orjson
from fastapi import Depends, Request, Response
from fastapi.params import Depends as DependsClass
from pydantic import BaseModel

from shared.contracts.identity import Language
from shared.kit.web import CallerDep
from shared.kit.web.problems import language_of


def _language(request: Request) -> Language:
    """The language that sentences in an answer are said in."""
    return "en" if language_of(request.headers.get("accept-language")) == "en" else "zh"


def _person(caller: CallerDep) -> None:
    """Refuse visitors before anything is looked for."""
    _ = caller.person


PERSON: DependsClass = Depends(_person)
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
