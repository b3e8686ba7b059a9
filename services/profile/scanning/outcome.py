"""What comes of a file: plain frozen values, the same on both sides of the child process."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from services.profile.scanning.kinds import Kind


class Rejection(StrEnum):
    """Why a file cannot be taken; each has its sentence in `texts`."""

    FILE_EMPTY = "file_empty"
    TYPE_NOT_ACCEPTED = "type_not_accepted"
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_COMPLEX = "too_complex"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    INFECTED = "infected"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page: fractions of it (0 to 1), origin top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Check:
    """One piece of advice to people: what was looked at, what was found, on which page (from 1) and where."""

    check: str
    outcome: Literal["passed", "attention", "rejected"]
    code: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class PageImage:
    """A JPEG for people to look at; width and height in pixels."""

    path: Path
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Pixels:
    """A page as bare pixels (RGB, row after row), for the OCR alone; gone when it is read."""

    path: Path
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text that the OCR read: how sure it is (0 to 1), on which page (from 1) and where."""

    text: str
    score: float
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The copy that may be served: made anew from pixels alone."""

    path: Path
    media_type: Literal["image/jpeg", "application/pdf"]


@dataclass(frozen=True, slots=True)
class Hashes:
    """SHA-256 (hex) of the upload and of the cleaned copy; per page a 512-bit difference hash and its colours (hex)."""

    upload: str
    cleaned: str
    pages: tuple[str, ...]
    colours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepRecord:
    """How one step of the pipeline went; `failed` leaves the scan to a person and loses nothing."""

    step: str
    outcome: Literal["done", "skipped", "failed", "rejected"]
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is known about a processed file.

    `ready` has pages (in order), thumbnail, cleaned copy and hashes; `rejected` has a code and nothing to
    serve. Flags: `active_content` with `scripts`, `forms`, `attachments`, `launch` or `links` beside it,
    `animated`, `restricted` (a PDF that anyone may open but not change).
    """

    status: Literal["ready", "rejected"]
    code: Rejection | None = None
    kind: Kind | None = None
    pages: tuple[PageImage, ...] = ()
    thumbnail: PageImage | None = None
    cleaned: Cleaned | None = None
    hashes: Hashes | None = None
    flags: tuple[str, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    checks: tuple[Check, ...] = ()
    pixels: tuple[Pixels, ...] = ()
    lines: tuple[Line, ...] | None = None
    """None where the scan could not be read."""
    turns: tuple[int, ...] = ()
    """How many quarters to the left each page was turned after it had been read."""


def rejected(code: Rejection) -> Outcome:
    """The outcome of a file of which nothing but its end is known."""
    return Outcome(status="rejected", code=code)
