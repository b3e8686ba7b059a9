"""What a file is, by its first bytes alone: its name and its declared type decide nothing."""

from enum import StrEnum
from functools import cache
from importlib.util import find_spec

FIRST_BYTES = 64
"""How many bytes from the start `sniff` wants to see; fewer only when the file has no more."""

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_TIFF_MARKS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_BLANKS = b"\xef\xbb\xbf \t\r\n\f\0"
"""What real PDF writers leave before `%PDF-`; the standard's 1,024 bytes of anything let other files in."""


class Kind(StrEnum):
    """A format that is accepted as a scan."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    TIFF = "tiff"
    HEIC = "heic"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """The registered media type (IANA)."""
        return "application/pdf" if self is Kind.PDF else f"image/{self.value}"


@cache
def has_heic() -> bool:
    """Whether the decoder for HEIC is installed here."""
    return find_spec("pillow_heif") is not None


def sniff(first_bytes: bytes) -> Kind | None:
    """Tell the kind from the first bytes (`FIRST_BYTES` of them), or None for whatever is not accepted.

    Sources: ITU-T T.81 (JPEG), ISO/IEC 15948 (PNG), RFC 9649 (WebP), TIFF 6.0, ISO/IEC 23008-12 (HEIF),
    ISO 32000-1 7.5.2 (PDF header).
    """
    if first_bytes.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if first_bytes.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if first_bytes[:4] == b"RIFF" and first_bytes[8:12] == b"WEBP":
        return Kind.WEBP
    if first_bytes.startswith(_TIFF_MARKS):
        return Kind.TIFF
    if first_bytes.lstrip(_BLANKS).startswith(b"%PDF-"):
        return Kind.PDF
    return Kind.HEIC if _is_heic(first_bytes) and has_heic() else None


def _is_heic(first_bytes: bytes) -> bool:
    """An ISO media file whose brands name HEVC pictures, and not AV1 ones."""
    if first_bytes[4:8] != b"ftyp":
        return False
    brands = first_bytes[8 : int.from_bytes(first_bytes[:4], "big")]
    return brands[:4] in _HEIC_BRANDS and b"avif" not in brands
