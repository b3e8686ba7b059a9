"""How much a file may ask of us; figures of the specification first, then what follows from them."""

from typing import Final

MEGABYTE: Final = 1024 * 1024

UPLOAD_BYTES: Final = 20 * MEGABYTE
PIXELS: Final = 50_000_000
"""Of one picture or one page of a TIFF, read from its header."""
PIXELS_OF_ALL_PAGES: Final = 300_000_000
"""Thirty A4 pages at 300 dpi."""
PAGES: Final = 30
PDF_OBJECTS: Final = 200_000
PDF_PAGE_POINTS: Final = 14_400
"""The longest side that a PDF page may have (ISO 32000-1, annex C)."""
SHORTEST_SIDE: Final = 16
"""Pixels; nothing can be read on less."""

PAGE_SIDE: Final = 1_754
"""The long side of a page image, in pixels: an A4 page at 150 dpi."""
PDF_DPI: Final = 150
THUMBNAIL_SIDE: Final = 320
SMALL_SIDE: Final = 640
"""The long side of the small picture that hashes and checks look at, in pixels."""
READING_SIDE: Final = 1_280
"""The long side of what the OCR gets, in pixels; and of what it looks for lines on:"""
DETECTION_SIDE: Final = 736
CLEANED_SIDE: Final = 16_000
"""The long side of the served copy, in pixels; JPEG itself ends at 65,535."""

MEMORY_BYTES: Final = 1536 * MEGABYTE
"""Address space of the child that decodes."""
PDF_MEMORY_BYTES: Final = 400 * MEGABYTE
"""The same while it reads a PDF, whose streams may swell to a thousand times their size; and for each page drawn:"""
PDF_PAGE_BYTES: Final = 9 * MEGABYTE
WRITTEN_BYTES: Final = 128 * MEGABYTE
"""The largest single file that the child may write."""
OPEN_FILES: Final = 64
READER_SCANS: Final = 500
"""After so many scans, or with so much memory, the process that reads is replaced by a fresh one."""
READER_BYTES: Final = 900 * MEGABYTE
READING_SECONDS: Final = 30.0
"""How long reading one scan may take; what is not read by then is left to a person."""
ANSWER_BYTES: Final = 8 * MEGABYTE
"""The longest answer that is read from a child."""


def wall_seconds(upload_bytes: int) -> float:
    """How long a file of that size may take by the clock on the wall; a minute at most.

    Generous, for a busy machine is no fault of the file: what it may use of a processor is the limit that bites.
    """
    return min(60.0, 40 + upload_bytes / MEGABYTE)


def cpu_seconds(upload_bytes: int) -> int:
    """How many seconds of a processor it may use."""
    return min(40, 15 + upload_bytes * 5 // (4 * MEGABYTE))
