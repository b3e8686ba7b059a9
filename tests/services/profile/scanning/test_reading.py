"""The process that reads: lines with their places, whichever way up the page lies; it dies without harm."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cli.demo import drawing
from cli.demo.people import ZHANG_WEI
from services.profile.scanning.outcome import Pixels
from services.profile.scanning.reading.engine import in_rows
from services.profile.scanning.reading.reader import NotRead, Reader

SECONDS = 300
"""A busy machine is no fault of the reader's."""


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A process with the models."""
    reader = Reader(scans=3)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def certificate() -> Image.Image:
    """A certificate of three lines and more, small."""
    drawn = drawing.award_certificate(
        ZHANG_WEI, "科学技术进步奖", granted_on=date(2022, 11, 8), granted_by="示例市人民政府", number="JB2022-118"
    )
    return drawn.image.resize((827, 584))


def _pid(reader: Reader) -> int | None:
    return reader.pid


def _pixels(image: Image.Image, path: Path) -> Pixels:
    path.write_bytes(image.tobytes())
    return Pixels(path, image.width, image.height)


def test_lines_are_read_with_their_places_whichever_way_up_the_page_lies(
    reader: Reader, certificate: Image.Image, tmp_path: Path
) -> None:
    ways = [certificate, certificate.transpose(Image.Transpose.ROTATE_180), certificate.rotate(90, expand=True)]

    reading = reader.read([_pixels(way, tmp_path / f"{at}.rgb") for at, way in enumerate(ways)], SECONDS)

    found = {line.page: line.box for line in reading.lines if "JB2022-118" in line.text}
    assert sorted(found) == [1, 2, 3]
    assert reading.turns == (0, 2, 3)
    for page in (2, 3):
        assert found[page].x == pytest.approx(found[1].x, abs=0.02)
        assert found[page].y == pytest.approx(found[1].y, abs=0.02)


def test_the_faces_of_a_portrait_are_counted_and_one_on_its_side_is_turned(reader: Reader, tmp_path: Path) -> None:
    portrait = drawing.portrait(ZHANG_WEI).image.convert("RGB").resize((295, 413))
    two = Image.new("RGB", (590, 413))
    two.paste(portrait, (0, 0))
    two.paste(portrait, (295, 0))

    upright, lying, both, none = (
        reader.read([_pixels(image, tmp_path / "portrait.rgb")], SECONDS, "photo")
        for image in (portrait, portrait.rotate(90, expand=True), two, Image.new("RGB", (295, 413), "white"))
    )

    assert [len(read.faces) for read in (upright, lying, both, none)] == [1, 1, 2, 0]
    assert [read.turns for read in (upright, lying, both, none)] == [(0,), (3,), (0,), (0,)]
    assert upright.faces[0].x < 0.5 < upright.faces[0].x + upright.faces[0].width


def test_a_process_that_dies_costs_one_reading(reader: Reader, certificate: Image.Image, tmp_path: Path) -> None:
    page = _pixels(certificate.resize((64, 45)), tmp_path / "page.rgb")
    reader.read([page], SECONDS)
    first = _pid(reader)
    assert first is not None
    with pytest.raises(NotRead):
        reader.read([page], seconds=0)
    assert _pid(reader) is None

    assert reader.read([page], SECONDS) is not None
    second = _pid(reader)
    assert second not in {None, first}
    os.kill(second or 0, signal.SIGKILL)
    assert reader.read([page], SECONDS) is not None


def test_pixels_of_another_size_than_they_say_are_not_read(reader: Reader, tmp_path: Path) -> None:
    page = _pixels(Image.new("RGB", (8, 8)), tmp_path / "page.rgb")

    with pytest.raises(NotRead):
        reader.read([Pixels(page.path, 1280, 1280)])


def test_lines_of_a_tilted_page_are_read_row_by_row() -> None:
    def quad(x: float, y: float, wide: float, tilt: float = 0.05) -> list[list[float]]:
        return [[x, y], [x + wide, y + wide * tilt], [x + wide, y + wide * tilt + 30], [x, y + 30]]

    label, value = quad(100, 100, 80), quad(700, 132, 200)
    second, beside = quad(100, 150, 80), quad(700, 182, 200)

    assert in_rows(np.array([value, second, beside, label])) == [3, 0, 1, 2]
