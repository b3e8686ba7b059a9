"""The reading process lives for 500 scans or 900 MB and no longer: shown with a stand-in that loads no models."""

from pathlib import Path

import pytest

from services.profile.scanning import bounds
from services.profile.scanning.outcome import Pixels
from services.profile.scanning.reading import reader as reading
from services.profile.scanning.reading.reader import Reader

STAND_IN = """
import json, socket
with socket.socket(fileno={control}) as line, line.makefile("rb") as asked:
    line.sendall(b"ready\\n")
    while head := asked.readline():
        width, height, _portrait = json.loads(head)
        asked.read(3 * width * height)
        line.sendall(json.dumps(dict(lines=[], turn=0, faces=[], memory=MEMORY)).encode() + b"\\n")
"""


@pytest.fixture
def page(tmp_path: Path) -> Pixels:
    """A page of one point."""
    (tmp_path / "page.rgb").write_bytes(b"\0\0\0")
    return Pixels(tmp_path / "page.rgb", 1, 1)


def _pids(page: Pixels, scans: int) -> list[int]:
    """Which process read each scan, every process once, in order."""
    reader, pids = Reader(), []
    for _ in range(scans):
        reader.read([page])
        assert reader.pid is not None
        pids.append(reader.pid)
    reader.close()
    return list(dict.fromkeys(pids))


def test_after_500_scans_a_fresh_one_reads(page: Pixels, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_START", STAND_IN.replace("MEMORY", "1"))

    assert bounds.READER_SCANS == 500
    assert len(_pids(page, 500)) == 1
    assert len(_pids(page, 501)) == 2


@pytest.mark.parametrize(("over", "processes"), [(0, 1), (1, 3)])
def test_with_more_than_900_megabytes_a_fresh_one_reads(
    over: int, processes: int, page: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_START", STAND_IN.replace("MEMORY", str(bounds.READER_BYTES + over)))

    assert bounds.READER_BYTES == 900 * 1024**2
    assert len(_pids(page, 3)) == processes
