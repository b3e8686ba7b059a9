"""What the scan worker does to a file: a pipeline of named steps, run in a child process that cannot do harm.

`process(source, target, purpose)` takes a file to its `Outcome`; `sniff(first_bytes)` tells the upload door
what it is being given. Nothing here knows the database or the web. Steps stand in `steps/`, in order, one
module each.
"""

import atexit
import os
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

from services.profile.scanning.isolation.caller import NotProcessed, Zygote
from services.profile.scanning.kinds import FIRST_BYTES, Kind, sniff
from services.profile.scanning.outcome import (
    Box,
    Check,
    Cleaned,
    Hashes,
    Line,
    Outcome,
    PageImage,
    Rejection,
    StepRecord,
)
from services.profile.scanning.reading.reader import NotRead, Reader
from services.profile.scanning.texts import finding, reason

__all__ = [
    "FIRST_BYTES",
    "Box",
    "Check",
    "Cleaned",
    "Hashes",
    "Kind",
    "Line",
    "NotProcessed",
    "Outcome",
    "PageImage",
    "Rejection",
    "StepRecord",
    "finding",
    "process",
    "reason",
    "sniff",
]


def process(source: Path, target: Path, purpose: str) -> Outcome:
    """Take one uploaded file through the pipeline.

    `source` is the file as uploaded (its name is ignored); `target` an empty folder, made where it is
    missing, for what people may see; `purpose` one of `photo`, `id_scan`, `proof`. Blocks for up to 60 s
    (call it in a thread from async code) and processes one file at a time. What the file does to its child
    (crash, endless loop, too much memory) is a `rejected` outcome and leaves `target` empty.

    Raises `NotProcessed` when the system failed and not the file: try again later.
    """
    outcome = _zygote(os.getpid()).process(source, target, purpose)
    return _read(outcome) if outcome.status == "ready" else outcome


def _read(outcome: Outcome) -> Outcome:
    """The outcome with what its pages say; one that cannot be read is left to a person."""
    started = time.monotonic()
    lines: tuple[Line, ...] | None
    try:
        lines = _reader(os.getpid()).read(outcome.pixels)
    except NotRead:
        lines = None
    for page in outcome.pixels:
        page.path.unlink(missing_ok=True)
    ended: Literal["done", "failed"] = "failed" if lines is None else "done"
    record = StepRecord("read", ended, round(1000 * (time.monotonic() - started)))
    return replace(outcome, pixels=(), lines=lines, steps=(*outcome.steps, record))


@cache
def _reader(_worker: int) -> Reader:
    """The reading process of one worker process, likewise."""
    reader = Reader()
    atexit.register(reader.close)
    return reader


@cache
def _zygote(_worker: int) -> Zygote:
    """The zygote of one worker process: started with its first file, ended with it, never shared with a fork."""
    zygote = Zygote()
    atexit.register(zygote.close)
    return zygote
