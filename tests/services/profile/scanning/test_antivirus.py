"""The virus scanner, played by a stand-in that speaks clamd's protocol: found, clean, away, and out of its mind."""

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from services.profile.scanning import antivirus
from tests.servers import free_port

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file that every virus scanner takes for a virus (eicar.org)."""


class Clamd:
    """A stand-in for clamd: takes one INSTREAM a connection, and finds EICAR."""

    def __init__(self, listener: socket.socket, url: str, answer: bytes | None = None) -> None:
        self.url, self.sizes = url, list[int]()
        self._listener, self._answer = listener, answer
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as heard:
                self._answer_one(line, heard.read(len(b"zINSTREAM\0")), heard)

    def _answer_one(self, line: socket.socket, command: bytes, heard: BinaryIO) -> None:
        content = b""
        while command == b"zINSTREAM\0":
            (size,) = struct.unpack("!I", heard.read(4))
            if not size:
                break
            content += heard.read(size)
        self.sizes.append(len(content))
        found = b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in content else b"stream: OK\0"
        line.sendall(found if self._answer is None else self._answer)

    def close(self) -> None:
        """Stop listening."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)


@pytest.fixture(params=["tcp", "unix"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Clamd]:
    """The stand-in, over TCP and over a socket of the file system."""
    if request.param == "unix":
        listener, url = socket.socket(socket.AF_UNIX), f"unix://{tmp_path}/clamd.sock"
        listener.bind(str(tmp_path / "clamd.sock"))
        listener.listen()
    else:
        listener = socket.create_server(("127.0.0.1", 0))
        url = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    stand_in = Clamd(listener, url)
    yield stand_in
    stand_in.close()


def _file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("content", "outcome"), [(b"clean" * 40_000, "done"), (b"%PDF-" + EICAR, "rejected")])
def test_a_file_is_sent_whole_and_judged(clamd: Clamd, content: bytes, outcome: str, tmp_path: Path) -> None:
    record = antivirus.inspect(_file(tmp_path, content), clamd.url)

    assert record is not None
    assert (record.step, record.outcome) == ("antivirus", outcome)
    assert clamd.sizes == [len(content)]


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: ", b"stream: OK\0stream: X FOUND\0"]
)
def test_anything_but_a_verdict_is_none(answer: bytes, tmp_path: Path) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    stand_in = Clamd(listener, f"tcp://127.0.0.1:{listener.getsockname()[1]}", answer)

    with pytest.raises(antivirus.NotInspected):
        antivirus.inspect(_file(tmp_path, b"clean"), stand_in.url)

    stand_in.close()


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:{port}", "unix:///nowhere/clamd.sock", "http://127.0.0.1", "clamd"])
def test_a_scanner_that_is_away_gives_no_verdict(url: str, tmp_path: Path) -> None:
    with pytest.raises(antivirus.NotInspected):
        antivirus.inspect(_file(tmp_path, b"clean"), url.format(port=free_port()))


def test_without_a_scanner_nothing_is_asked(tmp_path: Path) -> None:
    assert antivirus.inspect(tmp_path / "there is none", "") is None
