"""A corpus of bad files: good ones of every format, damaged by chance in the ways that break decoders; by seed.

The damage is what libraries keep as regression tests: bytes turned, parts cut out, doubled, swapped or emptied,
lengths that lie, one format's head on another's body, numbers of a PDF that mean too much. The special cases (bombs,
loops, polyglots, active content) are in it whole, and damaged too.
"""

import random
import re
from collections.abc import Callable, Iterator
from functools import cache

from PIL import Image

from services.profile.scanning import sniff
from tests.builders import files, hostile, hostile_pdfs, pdfs

_SMALL = (420, 594)


@cache
def good() -> dict[str, bytes]:
    """A small file of every kind that is accepted."""
    page = files.certificate().resize(_SMALL)
    frames = [page.convert("L"), page.rotate(90), page]
    return {
        "jpeg": files.jpeg(page),
        "progressive": files.jpeg(page, progressive=True),
        "telling": files.telling_jpeg(),
        "cmyk": files.saved(page.convert("CMYK"), "JPEG"),
        "png": files.png(page),
        "grey16": files.grey16_png(),
        "palette": files.palette_png(),
        "webp": files.saved(page, "WEBP", quality=60),
        "lossless": files.saved(page.resize((210, 297)), "WEBP", lossless=True),
        "moving": files.moving(),
        "tiff": files.saved(page, "TIFF", compression="tiff_lzw"),
        "fax": files.fax_tiff(),
        "pages": files.saved(frames[2], "TIFF", save_all=True, append_images=frames[:2], compression="jpeg"),
        "heic": files.heic(),
        "pdf": pdfs.text(),
        "scanned": pdfs.scanned(2),
        "script": pdfs.with_script(),
        "hidden": pdfs.with_hidden_script(),
        "form": pdfs.with_form(),
        "attachment": pdfs.with_attachment(),
        "unembedded": pdfs.chinese_unembedded(),
    }


@cache
def special() -> dict[str, bytes]:
    """The files that mean harm, as they are."""
    drawn = {
        "pixel bomb": hostile.pixel_bomb_png(),
        "two billion pixels": hostile.promising_png(50_000, 50_000),
        "webp bomb": hostile.webp_bomb(),
        "endless tiff": hostile.endless_tiff(),
        "previews": hostile.preview_tiff(),
        "black": files.png(Image.new("1", (5_000, 5_000))),
        "stream bomb": hostile_pdfs.stream_bomb(),
        "picture bomb": hostile_pdfs.picture_bomb(),
        "drawing itself": hostile_pdfs.self_drawing(),
        "page loop": hostile_pdfs.page_loop(),
        "objects": hostile_pdfs.many_objects(),
        "brackets": hostile_pdfs.deeply_nested(),
        "table loop": hostile_pdfs.table_loop(),
        "wrong table": hostile_pdfs.wrong_table(),
        "no pages": hostile_pdfs.no_pages(),
        "locked": pdfs.encrypted(),
        "launch": pdfs.with_launch(),
        "link": pdfs.with_link(),
        "2,000 pages": pdfs.text(2_000),
    }
    return {**drawn, **hostile.polyglots()}


def corpus(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """So many files with what they are; the special ones first. The same seed gives the same files."""
    yield from list(special().items())[:count]
    whole = good()
    for at in range(max(0, count - len(special()))):
        chance = random.Random(f"{seed}:{at}")
        name = list(whole)[at % len(whole)]
        how = chance.choice(list(_DAMAGE))
        data = _DAMAGE[how](whole[name], chance)
        if not data or sniff(data[:64]) is None:
            data = whole[name][:64] + data[64:]
        yield f"{name}, {how}, {seed}:{at}", data


def _turned(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(16, len(data))]


def _without(data: bytes, chance: random.Random) -> bytes:
    start, end = _part(data, chance)
    return data[:start] + data[end:]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = _part(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 7, 50)) + data[end:]


def _emptied(data: bytes, chance: random.Random) -> bytes:
    start, end = _part(data, chance)
    return data[:start] + bytes([chance.choice((0, 255))]) * (end - start) + data[end:]


def _lying(data: bytes, chance: random.Random) -> bytes:
    """Four bytes that may be a length say more than there is."""
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(8, min(len(damaged) - 4, 2_048))
        damaged[at : at + 4] = chance.choice(
            (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f")
        )
    return bytes(damaged)


def _spliced(data: bytes, chance: random.Random) -> bytes:
    """The head of one file, the body of another."""
    other = chance.choice(list(good().values()))
    return data[: chance.randrange(16, min(len(data), 1_024))] + other[chance.randrange(len(other)) :]


def _too_much(data: bytes, chance: random.Random) -> bytes:
    """A number of a text format becomes another one."""
    numbers = list(re.finditer(rb"(?<![\w.])\d{1,6}(?![\w.])", data))
    if not numbers:
        return _turned(data, chance)
    found = chance.choice(numbers)
    said = chance.choice((b"0", b"-1", b"99999999999", b"2147483648", b"1e300", b"3 0 R"))
    return data[: found.start()] + said + data[found.end() :]


def _trailed(data: bytes, chance: random.Random) -> bytes:
    """Something else hangs behind the file."""
    return data + chance.choice((hostile.zipped(), b"<script>alert(1)</script>" * 40, hostile.noise(), data))


def _part(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(8, len(data) - 8)
    return start, min(len(data), start + chance.choice((1, 4, 64, 1_024, 8_192)))


_DAMAGE: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "turned": _turned,
    "cut": _cut,
    "without a part": _without,
    "a part doubled": _doubled,
    "a part emptied": _emptied,
    "a length that lies": _lying,
    "spliced": _spliced,
    "too large a number": _too_much,
    "with a trail": _trailed,
}
