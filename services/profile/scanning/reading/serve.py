"""The reading process: loads the models, shuts itself in, and reads one page after the other."""

import json
import resource
import signal
import socket
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from services.profile.scanning import bounds
from services.profile.scanning.isolation.confine import withdraw
from services.profile.scanning.outcome import Box
from services.profile.scanning.reading.engine import Engine, Picture
from services.profile.scanning.reading.faces import faces

READY: Final = b"ready\n"
CHANNELS: Final = 3
_KILOBYTE: Final = 1024


def serve(control: int) -> None:
    """Answer on the socket until it is closed: a line `[width, height, portrait]` and the pixels in, JSON out.

    The answer is one line: `lines` as `Seen`, the `turn` that made them upright, the `faces` of a portrait, and
    `memory`, the most bytes that the process has held so far.
    """
    engine = Engine()
    faces(np.zeros((32, 32, CHANNELS), np.uint8))  # its table is read while files can be
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    withdraw(control, reads=[Path(sys.prefix), Path(sys.base_prefix)], writes=[])
    with socket.socket(fileno=control) as line:
        line.sendall(READY)
        requests = line.makefile("rb")
        while (page := _page(requests)) is not None:
            line.sendall(json.dumps(_answer(engine, page[0], is_portrait=page[1])).encode() + b"\n")


def _answer(engine: Engine, picture: Picture, *, is_portrait: bool) -> dict[str, object]:
    """What is on a page."""
    sheet = engine.read(picture)
    turn, found = _looking_ahead(picture, sheet.turn) if is_portrait else (sheet.turn, [])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE
    said = [asdict(line) for line in sheet.lines], [asdict(face) for face in found]
    return {"lines": said[0], "turn": turn, "faces": said[1], "memory": memory}


def _looking_ahead(picture: Picture, first: int) -> tuple[int, list[Box]]:
    """The faces of a portrait, which has no text to tell its top by: it is turned until one looks ahead."""
    for turn in (first, *(other for other in (0, 1, 3, 2) if other != first)):
        found = faces(np.ascontiguousarray(np.rot90(picture, turn)))
        if found:
            return turn, found
    return first, []


def _page(requests: BinaryIO) -> tuple[Picture, bool] | None:
    """The next page, and whether it is a portrait; None when nobody asks any more."""
    head = requests.readline()
    if not head:
        return None
    width, height, is_portrait = json.loads(head)
    if not (0 < width <= bounds.READING_SIDE and 0 < height <= bounds.READING_SIDE):
        return None
    data = requests.read(width * height * CHANNELS)
    if len(data) < width * height * CHANNELS:
        return None
    return np.frombuffer(data, np.uint8).reshape(height, width, CHANNELS), bool(is_portrait)
