"""Pages that lay on a side are shown upright after they were read, and are told by what they look like then."""

from pathlib import Path

import pytest
from PIL import Image

from services.profile import scanning
from services.profile.scanning import turning
from services.profile.scanning.outcome import Hashes, Outcome, PageImage
from services.profile.scanning.turning import drawn, pixels_of, turned
from tests.builders import files

PAGE = files.certificate()


def _written(image: Image.Image, path: Path) -> PageImage:
    image.save(path, "JPEG", quality=95)
    return PageImage(path, image.width, image.height)


def _outcome(image: Image.Image, folder: Path) -> Outcome:
    """A scan of two pages, the second of which lies right, as the child leaves it."""
    pages = _written(image, folder / "page-001.jpg"), _written(PAGE, folder / "page-002.jpg")
    thumbnail = _written(image.resize((image.width // 4, image.height // 4)), folder / "thumbnail.jpg")
    hashes = Hashes("u", "c", ("0", "2"), ("0", "2"))
    return Outcome("ready", pages=pages, thumbnail=thumbnail, hashes=hashes)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_page_is_turned_with_its_thumbnail_and_its_looks(turn: int, tmp_path: Path) -> None:
    lying = PAGE.rotate(-90 * turn, expand=True)

    upright = turned(_outcome(lying, tmp_path), (turn, 0))

    assert [(page.width, page.height) for page in upright.pages] == [PAGE.size, PAGE.size]
    with Image.open(upright.pages[0].path) as shown:
        assert shown.size == PAGE.size
    assert upright.thumbnail is not None
    assert upright.thumbnail.width < upright.thumbnail.height
    assert upright.hashes is not None
    (straight,) = drawn([tmp_path / "page-002.jpg"], tmp_path / "thumbnail.jpg").hashes.pages  # type: ignore[union-attr]  # a drawn page has them
    assert (int(upright.hashes.pages[0], 16) ^ int(straight, 16)).bit_count() <= 12
    assert (upright.hashes.pages[1], upright.hashes.colours[1], upright.turns) == ("2", "2", (turn, 0))


def test_a_page_that_lies_right_is_not_touched(tmp_path: Path) -> None:
    outcome = _outcome(PAGE, tmp_path)
    before = (tmp_path / "page-001.jpg").read_bytes()

    assert turned(outcome, (0, 0)).pages == outcome.pages
    assert (tmp_path / "page-001.jpg").read_bytes() == before


def test_a_drawn_page_is_read_again_from_its_picture(tmp_path: Path) -> None:
    page = _written(PAGE.convert("L").resize((2000, 1500)), tmp_path / "page-001.jpg")

    pixels = pixels_of(page, tmp_path)

    assert (pixels.width, pixels.height) == (1280, 960)
    assert pixels.path.stat().st_size == 3 * 1280 * 960
    assert turning.drawn([page.path], page.path).pages == (page,)


@pytest.mark.parametrize(("purpose", "turns"), [("photo", ()), ("proof", (2,))])
def test_a_portrait_is_never_turned_by_what_looks_like_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, purpose: str, turns: tuple[int, ...]
) -> None:
    page = _written(PAGE, tmp_path / "page-001.jpg")
    reading = scanning.Reading(lines=(), turns=(2,))
    monkeypatch.setattr(
        scanning, "_reading", lambda _pages, _purpose: (reading, scanning.StepRecord("read", "done", 1))
    )

    assert scanning.read_again([page.path], page.path, purpose).turns == turns
