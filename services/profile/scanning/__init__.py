"""What the scan worker does to a file: a pipeline of named steps, run in a child process that cannot do harm.

`process(source, target, purpose)` takes a file to its `Outcome`; `sniff(first_bytes)` tells the upload door
what it is being given. Nothing here knows the database or the web. Steps stand in `steps/`, in order, one
module each.
"""

import atexit
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final, Literal

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
    Pixels,
    Rejection,
    StepRecord,
)
from services.profile.scanning.reading.reader import NotRead, Reader, Reading
from services.profile.scanning.texts import finding, reason

JUDGING_STEPS: Final = ("facts", "checks")
"""Taken by actions, from what was read: the first ones that need no file."""
FILE_STEPS: Final = (
    "antivirus", "identify", "limits", "contents", "decode", "upright", "strip", "pages", "rebuild", "hashes", "photo",
    "blank", "pixels", "legibility",
)  # fmt: skip
"""Taken in the child that decodes (but for the first); nothing lasts between them, so they are run again together."""
ALL_STEPS: Final = (*FILE_STEPS, "read", *JUDGING_STEPS)
FACE_FLAGS: Final = frozenset({"no_face", "one_face", "several_faces"})

__all__ = [
    "ALL_STEPS",
    "FACE_FLAGS",
    "FILE_STEPS",
    "FIRST_BYTES",
    "JUDGING_STEPS",
    "Box",
    "Check",
    "Cleaned",
    "Hashes",
    "Kind",
    "Line",
    "NotProcessed",
    "Outcome",
    "PageImage",
    "Reading",
    "Rejection",
    "StepRecord",
    "face_flags",
    "finding",
    "process",
    "read_again",
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
    return _read(outcome, purpose) if outcome.status == "ready" else outcome


def read_again(pages: Sequence[Path], thumbnail: Path, purpose: str) -> Outcome:
    """Read page images that were drawn before (JPEGs of ours): the outcome has lines, turns and looks, and no more.

    Pages that turn out to lie on a side are turned where they are, and their thumbnail with the first.
    """
    from services.profile.scanning import turning  # noqa: PLC0415 - decoders are the worker's alone

    drawn = turning.drawn(pages, thumbnail)
    with tempfile.TemporaryDirectory(prefix="juxian-read-") as folder:
        pixels = tuple(turning.pixels_of(page, Path(folder)) for page in drawn.pages)
        return _read(replace(drawn, pixels=pixels), purpose)


def _read(outcome: Outcome, purpose: str) -> Outcome:
    """The outcome with what its pages say, turned upright; one that cannot be read is left to a person.

    A portrait lies as its camera said: what looks like letters on it says nothing of where is up.
    """
    from services.profile.scanning import turning  # noqa: PLC0415 - as above

    reading, record = _reading(outcome.pixels, purpose)
    for page in outcome.pixels:
        page.path.unlink(missing_ok=True)
    outcome = replace(outcome, pixels=(), steps=(*outcome.steps, record))
    if reading is None:
        return outcome
    flags = tuple(sorted({*outcome.flags, *face_flags(reading, purpose)}))
    turns = () if purpose == "photo" else reading.turns
    return turning.turned(replace(outcome, lines=reading.lines, flags=flags), turns)


def face_flags(reading: Reading, purpose: str) -> tuple[str, ...]:
    """What is noted of the faces on a portrait."""
    if purpose != "photo":
        return ()
    return ("no_face",) if not reading.faces else ("one_face",) if len(reading.faces) == 1 else ("several_faces",)


def _reading(pages: Sequence[Pixels], purpose: str) -> tuple[Reading | None, StepRecord]:
    """What the reading process makes of pages, and how that step went."""
    started = time.monotonic()
    reading: Reading | None = None
    with suppress(NotRead):
        reading = _reader(os.getpid()).read(pages, purpose=purpose)
    ended: Literal["done", "failed"] = "failed" if reading is None else "done"
    return reading, StepRecord("read", ended, round(1000 * (time.monotonic() - started)))


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
