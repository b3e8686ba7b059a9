"""Files that do harm, or pretend to be what they are not; each builder gives the bytes of one file."""

import io
import random
import struct
import zipfile
from functools import cache

from PIL import Image, TiffImagePlugin

from tests.builders.files import PAYLOAD, certificate, jpeg, moving, raw_png, saved, telling_png, tiff, webp


def pixel_bomb_png(width: int = 10_000, height: int = 6_000) -> bytes:
    """Sixty megapixels in a few kilobytes."""
    return raw_png(width, height, 1, 0, bytes((width + 7) // 8))


def promising_png(width: int, height: int) -> bytes:
    """A PNG that promises that many pixels and has one row of them."""
    return raw_png(width, height, 1, 0, bytes((width + 7) // 8), rows=1)


def black(size: tuple[int, int]) -> Image.Image:
    """Nothing but black, one bit a pixel."""
    return Image.new("1", size)


def webp_bomb() -> bytes:
    """A WebP of 268 megapixels, by its header."""
    canvas = (16_382).to_bytes(3, "little") * 2
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def endless_tiff() -> bytes:
    """A TIFF whose last page says that the first one follows."""
    data = bytearray(tiff(2))
    first = at = int.from_bytes(data[4:8], "little")
    last = 0
    while at:
        last = at + 2 + 12 * int.from_bytes(data[at : at + 2], "little")
        at = int.from_bytes(data[last : last + 4], "little")
    data[last : last + 4] = first.to_bytes(4, "little")
    return bytes(data)


def preview_tiff(count: int = 400) -> bytes:
    """A TIFF of nothing but previews."""
    data = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(data, new=True) as writer:
        for _ in range(count):
            black((16, 16)).save(writer, "TIFF", tiffinfo={254: 1})
            writer.newFrame()
    return data.getvalue()


def zipped() -> bytes:
    """A ZIP with a document in it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>" + "证明" * 500)
    return data.getvalue()


def noise(length: int = 4_096, seed: int = 7) -> bytes:
    """Bytes without meaning."""
    return random.Random(seed).randbytes(length)


def cut(data: bytes, tenths: float) -> bytes:
    """The first so many tenths of a file."""
    return data[: round(len(data) * tenths / 10)]


@cache
def polyglots() -> dict[str, bytes]:
    """Files that are a picture and something else."""
    return {
        "jpeg and zip": jpeg() + zipped(),
        "jpeg and php": jpeg(comment=PAYLOAD),
        "png and html": telling_png() + PAYLOAD,
        "tiff and html": tiff() + PAYLOAD,
        "webp and php": webp(xmp=PAYLOAD) + PAYLOAD,
    }


@cache
def strangers() -> dict[str, bytes]:
    """Files of no accepted format, whatever they are called."""
    return {
        "zip": zipped(),
        "random": noise(),
        "gif": saved(certificate().quantize(64), "GIF"),
        "moving gif": moving("GIF"),
        "bmp": saved(certificate((64, 64)), "BMP"),
        "avif": saved(certificate((64, 64)), "AVIF"),
        "jpeg 2000": saved(certificate((64, 64)), "JPEG2000"),
        "icon": saved(certificate((64, 64)), "ICO"),
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "html": b"<!doctype html><p>%PDF-1.7 inside</p>",
        "xml": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        "postscript": b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n",
        "program": b"\x7fELF" + bytes(60),
        "gif and pdf": b"GIF89a" + bytes(200) + b"%PDF-1.7\n",
        "one byte": b"\xff",
        "text": "申报材料".encode("gb18030"),
    }
