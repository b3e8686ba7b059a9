"""The worker's end of reading: pages in, lines out; whatever goes wrong costs lines, never the scan."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

import services
from services.profile.scanning import bounds
from services.profile.scanning.outcome import Box, Line, Pixels

_ROOT: Final = str(Path(services.__path__[0]).resolve().parent)
_START_SECONDS: Final = 90
_LONGEST_ANSWER: Final = 4 * bounds.MEGABYTE
_CHANNELS: Final = 3
_START: Final = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from services.profile.scanning.reading.serve import serve; serve({control})"
)


class NotRead(Exception):  # noqa: N818 - what became of the attempt
    """The process that reads died, fell silent or ran out of time: the scan is left to a person."""


class _Gone(NotRead):
    """The process was not there any more."""


class _Seen(BaseModel):
    text: str
    score: float
    box: Box


class _Answer(BaseModel):
    lines: list[_Seen]
    turn: int
    faces: list[Box]
    memory: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: lines, by how many quarters to the left each page was turned, and faces on a portrait.

    Every box is a place on the page as it was turned.
    """

    lines: tuple[Line, ...]
    turns: tuple[int, ...]
    faces: tuple[Box, ...] = ()


class Reader:
    """A process that holds the models; started with the first scan, anew when it has died or grown old.

    Scans are read one at a time. Safe between threads.
    """

    def __init__(self, scans: int = bounds.READER_SCANS, memory: int = bounds.READER_BYTES) -> None:
        """Say how many scans, and how many bytes, one process lives."""
        self._most_scans, self._most_memory = scans, memory
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._scans = self._memory = 0

    def read(self, pages: Sequence[Pixels], seconds: float = bounds.READING_SECONDS, purpose: str = "proof") -> Reading:
        """Read every page of a scan within so many seconds; faces are looked for on a `photo`. Raises `NotRead`."""
        with self._turn:
            if self._scans >= self._most_scans or self._memory > self._most_memory:
                self._end()
            try:
                return self._read(pages, seconds, purpose)
            except _Gone:
                # Somebody killed it, or it died of old age between two scans: a fresh one is asked, once.
                return self._read(pages, seconds, purpose)

    def _read(self, pages: Sequence[Pixels], seconds: float, purpose: str) -> Reading:
        try:
            line = self._started()
            self._scans += 1
            return _reading(list(self._answers(line, pages, time.monotonic() + seconds, purpose)))
        except ConnectionError as error:
            self._end()
            raise _Gone from error
        except (OSError, ValidationError) as error:
            self._end()
            raise NotRead from error
        except NotRead:
            self._end()
            raise

    def close(self) -> None:
        """End the process; the next scan starts another."""
        with self._turn:
            self._end()

    @property
    def pid(self) -> int | None:
        """The reading process, while there is one."""
        return self._process.pid if self._process else None

    def _answers(
        self, line: socket.socket, pages: Sequence[Pixels], deadline: float, purpose: str
    ) -> Iterator[_Answer]:
        for page in pages:
            left = deadline - time.monotonic()
            if left <= 0:
                raise NotRead
            line.settimeout(left)
            yield self._asked(line, page, purpose)

    def _asked(self, line: socket.socket, page: Pixels, purpose: str) -> _Answer:
        data = page.path.read_bytes()
        if len(data) != page.width * page.height * _CHANNELS:
            raise NotRead
        line.sendall(json.dumps([page.width, page.height, purpose == "photo"]).encode() + b"\n" + data)
        answer = _Answer.model_validate_json(_answer(line))
        self._memory = answer.memory
        return answer

    def _started(self) -> socket.socket:
        if self._line is not None and self._process is not None and self._process.poll() is None:
            return self._line
        self._end()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                [sys.executable, "-I", "-X", "utf8", "-c", _START.format(root=_ROOT, control=theirs.fileno())],
                env={"OMP_NUM_THREADS": "1"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._line = ours
        ours.settimeout(_START_SECONDS)
        _answer(ours)
        return ours

    def _end(self) -> None:
        line, process = self._line, self._process
        self._line = self._process = None
        self._scans = self._memory = 0
        if line is not None:
            line.close()
        if process is not None:
            with suppress(OSError):
                process.kill()
            process.wait()


def _reading(answers: Sequence[_Answer]) -> Reading:
    """All pages of a scan together; pages count from 1."""
    lines = (
        Line(seen.text, round(seen.score, 3), number, seen.box)
        for number, answer in enumerate(answers, start=1)
        for seen in answer.lines
    )
    turns = tuple(answer.turn for answer in answers)
    return Reading(tuple(lines), turns, tuple(face for answer in answers for face in answer.faces))


def _answer(line: socket.socket) -> bytes:
    """One line of what the process says."""
    data = bytearray()
    while not data.endswith(b"\n"):
        chunk = line.recv(1 << 16)
        if not chunk:
            raise _Gone
        if len(data) > _LONGEST_ANSWER:
            raise NotRead
        data += chunk
    return bytes(data)
