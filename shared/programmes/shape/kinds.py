"""How a section's class declares its fields: an annotation for the kind, one call for the words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, NamedTuple, TypeAlias, TypedDict, Unpack

from shared.programmes.shape import readings
from shared.programmes.shape.masks import Mask
from shared.programmes.shape.readings import Reader
from shared.programmes.shape.words import Choice, Words

Offer: TypeAlias = Callable[[], tuple[Choice, ...]]
"""Gives the choices of a field when they are wanted, so that long lists are read late."""


class Type(StrEnum):
    """The types of fields that the API knows."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    ORGANIZATION = "organization"
    PHOTO = "photo"
    SCANS = "scans"


class Kind(NamedTuple):
    """What a Python annotation says of a field: the API's type, the reader, and the limits to begin with."""

    type: Type
    read: Reader
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    mask: Mask = Mask.NONE


Text = Annotated[str | None, Kind(Type.TEXT, readings.text, max_length=200)]
LongText = Annotated[str | None, Kind(Type.LONG_TEXT, readings.long_text, max_length=2000)]
Date = Annotated[str | None, Kind(Type.DATE, readings.day)]
Boolean = Annotated[bool | None, Kind(Type.BOOLEAN, readings.boolean)]
Integer = Annotated[int | None, Kind(Type.INTEGER, readings.integer, minimum=0, maximum=999_999_999)]
Decimal = Annotated[int | float | None, Kind(Type.DECIMAL, readings.decimal, minimum=0, maximum=999_999_999)]
OneOf = Annotated[str | None, Kind(Type.CHOICE, readings.choice)]
Email = Annotated[str | None, Kind(Type.EMAIL, readings.email, max_length=254)]
Phone = Annotated[str | None, Kind(Type.PHONE, readings.phone)]
Mobile = Annotated[str | None, Kind(Type.PHONE, readings.mobile, mask=Mask.LAST_FOUR)]
IdNumber = Annotated[str | None, Kind(Type.ID_NUMBER, readings.id_number, mask=Mask.LAST_TWO)]
Organization = Annotated[str | None, Kind(Type.ORGANIZATION, readings.reference)]
Photo = Annotated[str | None, Kind(Type.PHOTO, readings.reference)]
Scans = Annotated[list[str] | None, Kind(Type.SCANS, readings.references)]


class More(TypedDict, total=False):
    """What may be said of a field beside its title.

    `of` gives the choices of a choice; `minimum` and `maximum` the range of a number; `mask` what others see;
    `purpose` what its scans are (`proof` where nothing is said); `help` a hint in Chinese and English.
    """

    of: Offer
    help: tuple[str, str]
    minimum: int
    maximum: int
    mask: Mask
    purpose: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a programme says of one of its fields; made by `required` and `optional`."""

    required: bool
    title: Words
    of: Offer | None = None
    help: tuple[str, str] | None = None
    minimum: int | None = None
    maximum: int | None = None
    mask: Mask | None = None
    purpose: str = "proof"


def required(zh: str, en: str, **more: Unpack[More]) -> Asked:
    """Say of a field that nothing can be filed without it; a draft may leave it empty."""
    return Asked(required=True, title=Words(zh, en), **more)


def optional(zh: str, en: str, **more: Unpack[More]) -> Asked:
    """Say of a field that it may stay empty for good."""
    return Asked(required=False, title=Words(zh, en), **more)


def listed(*rows: tuple[str, str, str]) -> Offer:
    """A short list of a programme's own: rows of value, Chinese and English title."""
    choices = tuple(Choice(value, Words(zh, en)) for value, zh, en in rows)
    return lambda: choices
