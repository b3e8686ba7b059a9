"""Pictures as Pillow sees them: opened as one kind only, their pages, and made smaller."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import pillow_heif
from PIL import Image

from services.profile.scanning import bounds
from services.profile.scanning.kinds import Kind
from services.profile.scanning.outcome import Rejection
from services.profile.scanning.work import Rejected

_FORMATS: Final = {
    Kind.JPEG: ("JPEG", "MPO"),
    Kind.PNG: ("PNG",),
    Kind.WEBP: ("WEBP",),
    Kind.TIFF: ("TIFF",),
    Kind.HEIC: ("HEIF",),
}
_SUBFILE_TYPE = 254
_NO_PAGE = 1 | 4
"""TIFF 6.0, NewSubfileType: a smaller copy of another page, or a mask."""

_FRAMES: Final = 4 * bounds.PAGES
"""How many pictures of a TIFF are looked at, previews and masks among them."""


def prepare() -> None:
    """Load the readers once, before any child is made; decode with one thread and nothing but the picture."""
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    pillow_heif.options.DECODE_THREADS = 1
    Image.init()


def open_picture(file: BinaryIO, kind: Kind | None) -> Image.Image:
    """Open it as that kind and no other; only its header is read, and the file stays open for the rest."""
    if kind is None or kind not in _FORMATS:
        msg = "not a picture"
        raise ValueError(msg)
    return Image.open(file, formats=_FORMATS[kind])


def webp_size(path: Path) -> tuple[int, int]:
    """Width and height by a WebP's header: its reader would make room for all of it as soon as it opens.

    Source: RFC 9649, 2.5 to 2.7.
    """
    with path.open("rb") as file:
        head = file.read(30).ljust(30, b"\0")
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def frames(picture: Image.Image) -> Iterator[Image.Image]:
    """The pages of a TIFF one after the other: the same object, sought to each in turn; not its previews."""
    for number in range(_FRAMES):
        try:
            picture.seek(number)
        except EOFError:
            return
        if not int(getattr(picture, "tag_v2", {}).get(_SUBFILE_TYPE, 0)) & _NO_PAGE:
            yield picture
    raise Rejected(Rejection.TOO_MANY_PAGES)


def smaller(image: Image.Image, side: int) -> Image.Image:
    """The image itself where it fits into a square of that side, else a copy that does."""
    if max(image.size) <= side:
        return image
    scale = side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.HAMMING, reducing_gap=1.0)
