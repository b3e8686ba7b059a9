"""Keyset pages: a cursor holds the last item's keys, so that page 10,000 costs what page 1 does."""

import base64
import binascii
from typing import Annotated, Any, Generic, TypeVar

import orjson
from fastapi import Depends, Query
from pydantic import BaseModel

from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _

Item = TypeVar("Item")
Key = str | int | float | bool | None


class Listed(BaseModel, Generic[Item]):
    """The answer of a list."""

    items: list[Item]
    next_cursor: str | None


class Page:
    """What part of a list is asked for: `limit` items after the keys in `after`."""

    def __init__(self, limit: int = 20, after: tuple[Key, ...] | None = None) -> None:
        """Keep both."""
        self.limit, self.after = limit, after

    def of(self, items: list[Item], next_key: tuple[Key, ...] | None) -> Listed[Item]:
        """The answer: the items, and where the next page begins (None: there is none)."""
        return Listed(items=items, next_cursor=None if next_key is None else _encode(next_key))

    def cut(self, rows: list[Any]) -> tuple[list[Any], bool]:
        """Cut `limit + 1` fetched rows to `limit`, and say whether more follow."""
        return rows[: self.limit], len(rows) > self.limit


def _encode(keys: tuple[Key, ...]) -> str:
    """Keys as a cursor."""
    return base64.urlsafe_b64encode(orjson.dumps(keys, default=str)).rstrip(b"=").decode()


def _decode(cursor: str) -> tuple[Key, ...]:
    """A cursor's keys; one that was made up is refused."""
    try:
        keys = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise _bad_cursor() from error
    if not isinstance(keys, list) or not all(isinstance(key, str | int | float | bool | None) for key in keys):
        raise _bad_cursor()
    return tuple(keys)


def _bad_cursor() -> Invalid:
    """The refusal of a cursor that is none of ours."""
    return Invalid(faults=[Fault("cursor_unknown", _("翻页标记无效，请从第一页开始。"), field="cursor")])


def _page(
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> Page:
    """Read `?limit=` and `?cursor=`."""
    return Page(limit, _decode(cursor) if cursor else None)


PageDep = Annotated[Page, Depends(_page)]
