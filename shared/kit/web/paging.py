"""Keyset pages: a cursor holds the last item's keys, so that page 10,000 costs what page 1 does."""

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar, overload

import orjson
from fastapi import Depends, Query
from pydantic import BaseModel

from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _

Item = TypeVar("Item")
First = TypeVar("First")
Second = TypeVar("Second")
Third = TypeVar("Third")
Key = str | int | float | bool | None
PLAIN = (str, int, float, bool)


class Listed(BaseModel, Generic[Item]):
    """The answer of a list."""

    items: list[Item]
    next_cursor: str | None


class Page:
    """What part of a list is asked for: `limit` items after the keys in `after`."""

    def __init__(self, limit: int = 20, after: tuple[Key, ...] | None = None) -> None:
        """Keep both."""
        self.limit, self.after = limit, after

    @overload
    def keys(self, first: Callable[[Any], First], /) -> tuple[First] | None: ...
    @overload
    def keys(
        self, first: Callable[[Any], First], second: Callable[[Any], Second], /
    ) -> tuple[First, Second] | None: ...
    @overload
    def keys(
        self, first: Callable[[Any], First], second: Callable[[Any], Second], third: Callable[[Any], Third], /
    ) -> tuple[First, Second, Third] | None: ...

    def keys(self, *kinds: Callable[[Any], Any]) -> tuple[Any, ...] | None:
        """The cursor's keys, each read as its kind: `str`, `bool`, `UUID`, `moment`; None for the first page.

        A cursor that another list gave, or nobody, is refused as Invalid.
        """
        if self.after is None:
            return None
        try:
            return tuple(_read(kind, key) for kind, key in zip(kinds, self.after, strict=True))
        except (ValueError, OverflowError) as error:
            raise _bad_cursor() from error

    def of(self, items: list[Item], next_key: tuple[Key, ...] | None) -> Listed[Item]:
        """The answer: the items, and where the next page begins (None: there is none)."""
        return Listed(items=items, next_cursor=None if next_key is None else _encode(next_key))

    def cut(self, rows: list[Any]) -> tuple[list[Any], bool]:
        """Cut `limit + 1` fetched rows to `limit`, and say whether more follow."""
        return rows[: self.limit], len(rows) > self.limit


def moment(key: str) -> datetime:
    """An instant of a cursor, in UTC; ValueError or OverflowError where it is none, or names no zone."""
    read = datetime.fromisoformat(key)
    if read.tzinfo is None:
        message = "an instant has a zone"
        raise ValueError(message)
    return read.astimezone(UTC)


def _read(kind: Callable[[Any], Any], key: Key) -> object:
    """One key as its kind; a text that no database keeps is none of ours."""
    written = kind if kind in PLAIN else str
    if type(key) is not written or (isinstance(key, str) and "\0" in key):
        message = "not a key of this kind"
        raise ValueError(message)
    return kind(key)


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
