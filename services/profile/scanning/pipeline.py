"""The pipeline: every step in order, each with its record; what a file does wrong ends here as an outcome."""

import errno
import time
import warnings
from pathlib import Path
from typing import Final, Literal

from PIL import Image

from services.profile.scanning import bounds, pictures, sheets
from services.profile.scanning.outcome import Outcome, Rejection, StepRecord
from services.profile.scanning.steps import STEPS
from services.profile.scanning.work import Did, Rejected, Step, Work

_OURS: Final = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT}
"""Errors of the system that say nothing about the file."""


def prepare() -> None:
    """Load every library once, in the process that children are made from."""
    pictures.prepare()
    sheets.prepare()
    Image.MAX_IMAGE_PIXELS = bounds.PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def run(source: Path, target: Path, purpose: str) -> Outcome:
    """Take one file through all steps; raises only what is no fault of the file (disk full, file gone)."""
    work = Work(source, target, purpose)
    with work.opened:
        return _outcome(work)


def _outcome(work: Work) -> Outcome:
    """Every step in order, up to the first that refuses the file."""
    records: list[StepRecord] = []
    for step in STEPS:
        started = time.monotonic()
        ended, code = _take(step, work)
        records.append(StepRecord(step.name, ended, round(1000 * (time.monotonic() - started))))
        if code is not None:
            return Outcome("rejected", code, work.kind, flags=tuple(sorted(work.flags)), steps=tuple(records))
    return Outcome(
        "ready",
        kind=work.kind,
        pages=tuple(work.page_images),
        thumbnail=work.thumbnail,
        cleaned=work.cleaned,
        hashes=work.hashes,
        flags=tuple(sorted(work.flags)),
        steps=tuple(records),
        checks=tuple(work.checks),
        pixels=tuple(work.pixels),
    )


def _take(step: Step, work: Work) -> tuple[Literal["done", "skipped", "failed", "rejected"], Rejection | None]:
    """Run one step, and say how it ended and why the file is refused, if it is."""
    try:
        return ("done" if step.run(work) is Did.DONE else "skipped"), None
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _OURS:
            raise
        if not step.essential:
            return "failed", None
        return "rejected", _meaning(error)


def _meaning(error: Exception) -> Rejection:
    """What an error of a decoder says about the file."""
    if isinstance(error, Rejected):
        return error.code
    if isinstance(error, Image.DecompressionBombWarning | Image.DecompressionBombError):
        return Rejection.TOO_MANY_PIXELS
    if isinstance(error, MemoryError | RecursionError):
        return Rejection.TOO_COMPLEX
    return Rejection.CORRUPT
