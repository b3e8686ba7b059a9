"""The zygote: a light process with every library loaded, which forks a child per file and watches it."""

import gc
import importlib
import os
import select
import signal
import socket
import time
from dataclasses import dataclass
from typing import Final

from services.profile.scanning import bounds
from services.profile.scanning.isolation import wire
from services.profile.scanning.isolation.child import EXIT, Run, live
from services.profile.scanning.isolation.wire import End, Reply, Request

READY: Final = b"ready\n"
_CHUNK: Final = 1 << 16
_KILOBYTE: Final = 1024
_MUCH: Final = 250 * bounds.MEGABYTE
"""A child that crashed with that much memory in use died of it."""


def serve(control: int, pipeline: str) -> None:
    """Answer requests on the socket until it is closed, one after the other.

    `pipeline` names a module with `prepare()` and `run(source, target, purpose)`.
    """
    module = importlib.import_module(pipeline)
    module.prepare()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=control) as line:
        line.sendall(READY)
        requests = line.makefile("rb")
        while data := requests.readline():
            reply = _tend(wire.request(data), line, module.run)
            if reply is None:
                return
            line.sendall(wire.line(reply))


@dataclass(slots=True)
class _Heard:
    """What a child said until it stopped, or until it was not listened to any longer."""

    data: bytes = b""
    too_much: bool = False
    deserted: bool = False


def _tend(request: Request, line: socket.socket, run: Run) -> Reply | None:
    """See one child through to its end; None when the worker has gone meanwhile."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        live(request, theirs, run)
    os.close(theirs)
    heard = _listen(ours, line, time.monotonic() + request.wall_seconds)
    os.close(ours)
    if heard.too_much or heard.deserted:
        os.kill(child, signal.SIGKILL)
    status, memory = _buried(child)
    return None if heard.deserted else _judged(heard, status, memory)


def _listen(pipe: int, line: socket.socket, deadline: float) -> _Heard:
    """Read until the child ends and so closes its pipe, until its time is up, or until nobody waits."""
    heard = _Heard()
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    poll.register(line, select.POLLHUP | select.POLLRDHUP)
    while True:
        ready = dict(poll.poll(max(0.0, deadline - time.monotonic()) * 1000))
        if line.fileno() in ready:
            heard.deserted = True
            return heard
        if pipe not in ready or len(heard.data) > bounds.ANSWER_BYTES:
            heard.too_much = True
            return heard
        chunk = os.read(pipe, _CHUNK)
        if not chunk:
            return heard
        heard.data += chunk


def _buried(child: int) -> tuple[int, int]:
    """Wait for a child that closed its pipe: its exit code (minus the signal), its most memory in bytes."""
    for _patience in range(200):
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), usage.ru_maxrss * _KILOBYTE
        select.select([], [], [], 0.005)
    os.kill(child, signal.SIGKILL)
    _ended, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss * _KILOBYTE


def _judged(heard: _Heard, code: int, memory: int) -> Reply:
    """What the end of a child means."""
    if heard.too_much or code in {-signal.SIGXCPU, EXIT[End.TOO_MUCH]}:
        return Reply(End.TOO_MUCH)
    if code == EXIT[End.ANSWERED]:
        return Reply(End.ANSWERED, heard.data.decode(errors="replace"))
    if code == EXIT[End.UNAVAILABLE]:
        return Reply(End.UNAVAILABLE)
    if code == -signal.SIGKILL:
        return Reply(End.KILLED)
    return Reply(End.TOO_MUCH if memory > _MUCH else End.CRASHED)
