"""A file on its way through the steps: what each finds here, and what it leaves for the next."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import pikepdf
from PIL import Image

from services.profile.scanning.kinds import Kind
from services.profile.scanning.outcome import Check, Cleaned, Hashes, PageImage, Pixels, Rejection


class Rejected(Exception):  # noqa: N818 - a verdict on the file
    """The file cannot be taken; nothing after this step runs."""

    def __init__(self, code: Rejection) -> None:
        """Keep why."""
        super().__init__(code.value)
        self.code = code


class Did(Enum):
    """What a step says when it returns."""

    DONE = "done"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Page:
    """One decoded page.

    `image` is all of it until the cleaned copy is written; `view` is what people see and what later steps
    read (long side at most `bounds.PAGE_SIDE`, RGB or L, upright, sRGB); `small` the same, `bounds.SMALL_SIDE`, and
    `grey` that in grey; `reading` what the OCR gets (RGB, `bounds.READING_SIDE`). `shown` is its size in pixels
    before it was made smaller.
    """

    image: Image.Image
    icc: bytes | None = None
    shown: tuple[int, int] = (0, 0)
    view: Image.Image = field(default_factory=lambda: Image.new("L", (1, 1)))
    small: Image.Image = field(default_factory=lambda: Image.new("L", (1, 1)))
    grey: Image.Image = field(default_factory=lambda: Image.new("L", (1, 1)))
    reading: Image.Image = field(default_factory=lambda: Image.new("RGB", (1, 1)))


@dataclass(slots=True)
class Work:
    """One file: where it lies, what it is for, and what the steps have found out so far.

    What a step opens it enters into `opened`, which is closed when the last step has run.
    """

    source: Path
    target: Path
    purpose: str
    opened: ExitStack = field(default_factory=ExitStack)
    kind: Kind | None = None
    picture: Image.Image | None = None
    """Opened by `limits`, decoded by `decode`."""
    pdf: pikepdf.Pdf | None = None
    """Opened by `limits`."""
    pages: list[Page] = field(default_factory=list)
    page_images: list[PageImage] = field(default_factory=list)
    thumbnail: PageImage | None = None
    cleaned: Cleaned | None = None
    hashes: Hashes | None = None
    flags: set[str] = field(default_factory=set)
    checks: list[Check] = field(default_factory=list)
    pixels: list[Pixels] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Step:
    """A named step. An essential one that fails rejects the file; any other leaves the scan to a person."""

    name: str
    run: Callable[[Work], Did]
    essential: bool = True
