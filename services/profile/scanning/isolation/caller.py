"""The worker's end: a file in, an outcome out, whatever the file does to the child that reads it."""

import shutil
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

import services
from services.profile.scanning import bounds
from services.profile.scanning.isolation import wire
from services.profile.scanning.isolation.wire import End, Reply, Request
from services.profile.scanning.outcome import Outcome, Rejection, rejected

PIPELINE: Final = "services.profile.scanning.pipeline"
_ROOT: Final = str(Path(services.__path__[0]).resolve().parent)
_START_SECONDS: Final = 60
_GRACE_SECONDS: Final = 15
_TRIES: Final = 2
"""When somebody kills a child or the zygote, the file is taken once more: it may be innocent."""
_START: Final = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from services.profile.scanning.isolation.zygote import serve; serve({control}, {pipeline!r})"
)
_ENVIRONMENT: Final = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""Nothing of the worker's own. Large pages for large pictures save a quarter of the processor time of a scan."""


class NotProcessed(Exception):  # noqa: N818 - what became of the attempt
    """The system failed, not the file (disk full, file gone, nothing starts): to be tried again later."""


class _Gone(Exception):  # noqa: N818 - as above
    """The zygote died or fell silent."""


class Zygote:
    """A light process that forks a child per file; started with the first file, anew when it has died.

    Files are taken one at a time: a worker that wants more at once is started more often. Safe between
    threads.
    """

    def __init__(self, pipeline: str = PIPELINE) -> None:
        """Name the module whose `run` the children call."""
        self._pipeline = pipeline
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def process(self, source: Path, target: Path, purpose: str) -> Outcome:
        """See `services.profile.scanning.process`."""
        request = _request(source, target, purpose)
        with self._turn:
            reply = self._reply(request)
            if reply.end is End.KILLED:
                _emptied(target)
                reply = self._reply(request)
        return _outcome(reply, target)

    def close(self) -> None:
        """End the process; the next file starts another."""
        with self._turn:
            self._end()

    @property
    def pid(self) -> int | None:
        """The zygote's process, while there is one."""
        return self._process.pid if self._process else None

    def _reply(self, request: Request) -> Reply:
        """Ask the zygote; where it has died, another one, once."""
        cause: Exception | None = None
        for _try in range(_TRIES):
            try:
                return self._asked(request)
            except (_Gone, OSError) as error:
                cause = error
                self._end()
                _emptied(Path(request.target))
        raise NotProcessed("the process that decodes does not stay alive") from cause

    def _asked(self, request: Request) -> Reply:
        if self._line is None or self._process is None or self._process.poll() is not None:
            self._end()
            self._start()
        line = self._line
        if line is None:
            raise _Gone
        line.settimeout(request.wall_seconds + _GRACE_SECONDS)
        line.sendall(wire.line(request))
        return wire.reply(_read_line(line))

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        code = _START.format(root=_ROOT, control=theirs.fileno(), pipeline=self._pipeline)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                [sys.executable, "-I", "-X", "utf8", "-c", code],
                env=_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._line = ours
        ours.settimeout(_START_SECONDS)
        _read_line(ours)

    def _end(self) -> None:
        line, process = self._line, self._process
        self._line = self._process = None
        if line is not None:
            line.close()
        if process is not None:
            with suppress(OSError):
                process.kill()
            process.wait()


def _read_line(line: socket.socket) -> bytes:
    data = bytearray()
    while not data.endswith(b"\n"):
        chunk = line.recv(1 << 16)
        if not chunk or len(data) > 2 * bounds.ANSWER_BYTES:
            raise _Gone
        data += chunk
    return bytes(data)


def _request(source: Path, target: Path, purpose: str) -> Request:
    """Make ready for one file: its folder of results, empty, and how long it may take."""
    try:
        upload_bytes = source.stat().st_size
        target.mkdir(parents=True, exist_ok=True)
        occupied = any(target.iterdir())
    except OSError as error:
        raise NotProcessed(error.strerror) from error
    if occupied:
        msg = "the target folder must be empty"
        raise ValueError(msg)
    seconds = bounds.wall_seconds(upload_bytes), bounds.cpu_seconds(upload_bytes)
    return Request(str(source.resolve()), str(target.resolve()), purpose, *seconds)


def _outcome(reply: Reply, target: Path) -> Outcome:
    """What an ended child means for the file; a refused one leaves nothing behind."""
    if reply.end is End.UNAVAILABLE:
        _emptied(target)
        raise NotProcessed("the system failed while the file was read")
    outcome = wire.unpack(reply.outcome, target) if reply.end is End.ANSWERED else None
    if outcome is None:
        outcome = rejected(Rejection.TOO_COMPLEX if reply.end is End.TOO_MUCH else Rejection.UNREADABLE)
    if outcome.status == "rejected":
        _emptied(target)
    return outcome


def _emptied(target: Path) -> None:
    """Leave the folder as it was given."""
    for path in target.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
