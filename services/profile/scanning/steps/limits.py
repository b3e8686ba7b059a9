"""Step: judge size, pixels, pages and objects from headers alone, before anything is decoded."""

import re
import resource

import pikepdf
from PIL import Image

from services.profile.scanning import bounds
from services.profile.scanning.kinds import Kind
from services.profile.scanning.outcome import Rejection
from services.profile.scanning.pictures import frames, open_picture, webp_size
from services.profile.scanning.work import Did, Rejected, Work

_END_OF_FILE = 1024
"""A PDF says `%%EOF` in its last bytes; where it does not, its end is missing (ISO 32000-1, 7.5.5)."""


def keep_limits(work: Work) -> Did:
    """Open the file without decoding it, and refuse more of anything than `bounds` allows."""
    if work.source.stat().st_size > bounds.UPLOAD_BYTES:
        raise Rejected(Rejection.TOO_LARGE)
    if work.kind is Kind.PDF:
        _allow_memory(bounds.PDF_MEMORY_BYTES)
        work.pdf = work.opened.enter_context(_opened_pdf(work))
        _judge_pdf(work.pdf)
        _allow_memory(bounds.PDF_MEMORY_BYTES + len(work.pdf.pages) * bounds.PDF_PAGE_BYTES)
    else:
        if work.kind is Kind.WEBP:
            _judge_size(webp_size(work.source))
        work.picture = open_picture(work.opened.enter_context(work.source.open("rb")), work.kind)
        _judge_picture(work.picture, work.kind)
    return Did.DONE


def _judge_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > bounds.PIXELS:
        raise Rejected(Rejection.TOO_MANY_PIXELS)
    if min(width, height) < bounds.SHORTEST_SIDE:
        raise Rejected(Rejection.TOO_SMALL)


def _judge_picture(picture: Image.Image, kind: Kind | None) -> None:
    if kind is not Kind.TIFF:
        _judge_size(picture.size)
        return
    pixels = 0
    for count, frame in enumerate(frames(picture), start=1):
        if count > bounds.PAGES:
            raise Rejected(Rejection.TOO_MANY_PAGES)
        _judge_size(frame.size)
        pixels += frame.width * frame.height
        if pixels > bounds.PIXELS_OF_ALL_PAGES:
            raise Rejected(Rejection.TOO_MANY_PIXELS)


def _allow_memory(most: int) -> None:
    """Hold a child to less memory than it could have; a process without such a limit is left alone."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_AS, (min(most, hard), hard))


def _opened_pdf(work: Work) -> pikepdf.Pdf:
    """Open it as it stands, or mended where only its table of contents is wrong; a cut one is corrupt."""
    try:
        try:
            return pikepdf.open(work.source, attempt_recovery=False, suppress_warnings=True)
        except pikepdf.PdfError:
            if not _has_its_end(work):
                raise
            return pikepdf.open(work.source, suppress_warnings=True)
    except pikepdf.PasswordError as locked:
        raise Rejected(Rejection.ENCRYPTED) from locked
    except pikepdf.PdfError as broken:
        encrypted = re.search("encrypt|security handler", str(broken), re.IGNORECASE)
        raise Rejected(Rejection.ENCRYPTED if encrypted else Rejection.CORRUPT) from broken


def _has_its_end(work: Work) -> bool:
    with work.source.open("rb") as file:
        file.seek(max(0, work.source.stat().st_size - _END_OF_FILE))
        return b"%%EOF" in file.read()


def _judge_pdf(pdf: pikepdf.Pdf) -> None:
    if len(pdf.objects) > bounds.PDF_OBJECTS:
        raise Rejected(Rejection.TOO_COMPLEX)
    if len(pdf.pages) > bounds.PAGES:
        raise Rejected(Rejection.TOO_MANY_PAGES)
    if len(pdf.pages) == 0:
        raise Rejected(Rejection.CORRUPT)
