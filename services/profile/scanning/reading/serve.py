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
from services.profile.scanning.reading.engine import Engine, Picture

READY: Final = b"ready\n"
CHANNELS: Final = 3
_KILOBYTE: Final = 1024


def serve(control: int) -> None:
    """Answer on the socket until it is closed: a line `[width, height]` and the pixels in, a line of JSON out.

    The answer holds `lines` as `Seen`, and `memory`, the most bytes that the process has held so far.
    """
    engine = Engine()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    withdraw(control, reads=[Path(sys.prefix), Path(sys.base_prefix)], writes=[])
    with socket.socket(fileno=control) as line:
        line.sendall(READY)
        requests = line.makefile("rb")
        while (picture := _picture(requests)) is not None:
            seen = [asdict(found) for found in engine.read(picture)]
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE
            line.sendall(json.dumps({"lines": seen, "memory": memory}).encode() + b"\n")


def _picture(requests: BinaryIO) -> Picture | None:
    """The next page; None when nobody asks any more."""
    head = requests.readline()
    if not head:
        return None
    width, height = json.loads(head)
    if not (0 < width <= bounds.READING_SIDE and 0 < height <= bounds.READING_SIDE):
        return None
    data = requests.read(width * height * CHANNELS)
    if len(data) < width * height * CHANNELS:
        return None
    return np.frombuffer(data, np.uint8).reshape(height, width, CHANNELS)
