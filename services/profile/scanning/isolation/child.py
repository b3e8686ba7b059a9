"""One child, one file: shut in, read, answer, end."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, NoReturn

from services.profile.scanning.isolation.confine import confine
from services.profile.scanning.isolation.wire import End, Request, pack
from services.profile.scanning.outcome import Outcome, Rejection, rejected
from services.profile.scanning.sheets import font_folders

Run = Callable[[Path, Path, str], Outcome]
"""A pipeline: source, target folder and purpose to an outcome."""

EXIT: Final = {End.ANSWERED: 0, End.CRASHED: 70, End.UNAVAILABLE: 71, End.TOO_MUCH: 72}


def live(request: Request, answer: int, run: Run) -> NoReturn:
    """Process one file in a process of its own; how it ends is its exit code."""
    end = End.CRASHED
    try:
        end = _answered(request, answer, run)
    finally:
        os._exit(EXIT[end])


def _answered(request: Request, answer: int, run: Run) -> End:
    source, target = Path(request.source), Path(request.target)
    confine(answer, source, target, [Path(folder) for folder in font_folders()], request.cpu_seconds)
    try:
        outcome = run(source, target, request.purpose)
    except MemoryError:
        outcome = rejected(Rejection.TOO_COMPLEX)
    except OSError as error:
        return End.TOO_MUCH if error.errno == errno.EFBIG else End.UNAVAILABLE
    with os.fdopen(answer, "wb") as pipe:
        pipe.write(pack(outcome))
    return End.ANSWERED
