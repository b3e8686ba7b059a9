"""ClamAV, where one is configured: a file goes to it before anything of ours opens it (INSTREAM of clamd).

Source: clamd(8), "INSTREAM": the file in chunks, each behind its length in four bytes, the most significant first;
a chunk of no length ends it. The answer is `stream: OK`, `stream: NAME FOUND` or `… ERROR`.
"""

import re
import socket
import struct
import time
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from services.profile.scanning.outcome import StepRecord

_CHUNK: Final = 64 * 1024
_CONNECT_SECONDS: Final = 3.0
_ANSWER_SECONDS: Final = 60.0
_LONGEST_ANSWER: Final = 4096
_PORT: Final = 3310
_VERDICT: Final = re.compile(rb"stream: (?:(OK)|([^\0]+) FOUND)\0?\s*")


class NotInspected(Exception):  # noqa: N818 - what became of the attempt
    """The virus scanner is away or gave no verdict: the file waits."""


def inspect(file: Path, url: str) -> StepRecord | None:
    """What the virus scanner at `tcp://host:port` or `unix:///path` says of a file; None where none is configured.

    `done` where it found nothing, `rejected` where it found a virus. Raises `NotInspected` for anything else.
    """
    if not url:
        return None
    started = time.monotonic()
    try:
        with closing(_connected(url)) as line:
            answer = _asked(line, file)
    except OSError as error:
        raise NotInspected from error
    verdict = _VERDICT.fullmatch(answer)
    if verdict is None:
        raise NotInspected
    spent = round(1000 * (time.monotonic() - started))
    return StepRecord("antivirus", "done" if verdict[1] else "rejected", spent)


def _connected(url: str) -> socket.socket:
    where = urlsplit(url)
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_CONNECT_SECONDS)
        try:
            line.connect(where.path)
        except OSError:
            line.close()
            raise
        return line
    if where.scheme != "tcp" or not where.hostname:
        raise NotInspected
    return socket.create_connection((where.hostname, where.port or _PORT), _CONNECT_SECONDS)


def _asked(line: socket.socket, file: Path) -> bytes:
    """Send the file, and give the answer as it came."""
    line.settimeout(_ANSWER_SECONDS)
    line.sendall(b"zINSTREAM\0")
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
    line.sendall(struct.pack("!I", 0))
    answer = b""
    while len(answer) < _LONGEST_ANSWER and not answer.endswith((b"\0", b"\n")):
        part = line.recv(_LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer
