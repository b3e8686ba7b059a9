"""What the scan worker does to a file: a pipeline of named steps, run in a child process that cannot do harm.

`process(source, target, purpose)` takes a file to its `Outcome`; `sniff(first_bytes)` tells the upload door
what it is being given. Nothing here knows the database or the web. Steps stand in `steps/`, in order, one
module each.
"""

import atexit
import os
from functools import cache
from pathlib import Path

from services.profile.scanning.isolation.caller import NotProcessed, Zygote
from services.profile.scanning.kinds import FIRST_BYTES, Kind, sniff
from services.profile.scanning.outcome import (
    Box,
    Check,
    Cleaned,
    Hashes,
    Outcome,
    PageImage,
    Rejection,
    StepRecord,
)
from services.profile.scanning.texts import finding, reason

__all__ = [
    "FIRST_BYTES",
    "Box",
    "Check",
    "Cleaned",
    "Hashes",
    "Kind",
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
    return _zygote(os.getpid()).process(source, target, purpose)


@cache
def _zygote(_worker: int) -> Zygote:
    """The zygote of one worker process: started with its first file, ended with it, never shared with a fork."""
    zygote = Zygote()
    atexit.register(zygote.close)
    return zygote
