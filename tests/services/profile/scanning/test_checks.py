"""Advice on photos and blank pages: what passes, and what a person should look at."""

import pytest
from PIL import Image, ImageDraw

from services.profile.scanning import Check
from tests.builders import files, pdfs
from tests.services.profile.scanning.conftest import Scan


def _colour(outcome: str, code: str) -> Check:
    return Check("photo_colour", outcome, code, page=1)  # type: ignore[arg-type]  # a table of literals


def _size(outcome: str, code: str) -> Check:
    return Check("photo_size", outcome, code, page=1)  # type: ignore[arg-type]  # a table of literals


IN_COLOUR, GREY = _colour("passed", "photo_in_colour"), _colour("attention", "photo_not_in_colour")
LARGE, SMALL = _size("passed", "photo_large_enough"), _size("attention", "photo_small")
LYING = _size("attention", "photo_not_portrait")
FULL, EMPTY = Check("blank", "passed", "not_blank"), Check("blank", "attention", "looks_blank", page=1)


@pytest.mark.parametrize(
    ("photo", "checks"),
    [
        (files.portrait(), (IN_COLOUR, LARGE, FULL)),
        (files.portrait((295, 413)), (IN_COLOUR, LARGE, FULL)),
        (files.portrait((120, 160)), (IN_COLOUR, SMALL, FULL)),
        (files.portrait().convert("L"), (GREY, LARGE, FULL)),
        (files.portrait().convert("L").convert("RGB"), (GREY, LARGE, FULL)),
        (files.portrait((800, 600)), (IN_COLOUR, LYING, FULL)),
        (files.portrait((600, 600)), (IN_COLOUR, LYING, FULL)),
        (files.portrait((2400, 3200)), (IN_COLOUR, LARGE, FULL)),
    ],
)
def test_a_photo_is_looked_at(photo: Image.Image, checks: tuple[Check, ...], run: Scan) -> None:
    assert run(files.jpeg(photo), "photo").checks == checks


def test_a_photo_that_lay_on_its_side_is_judged_upright(run: Scan) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = files.portrait().rotate(90, expand=True)

    assert run(files.jpeg(lying, exif=exif), "photo").checks == (IN_COLOUR, LARGE, FULL)


def test_other_scans_are_not_judged_as_photos(run: Scan) -> None:
    assert run(files.jpeg(files.portrait()), "id_scan").checks == (FULL,)


def _one_word() -> Image.Image:
    page = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(page).text((150, 300), "Zhang Wei", fill=(40, 40, 40), font_size=32)
    return page


def _grainy() -> Image.Image:
    grain = Image.effect_noise((620, 877), 12).resize((1240, 1754))
    return Image.blend(grain, Image.new("L", grain.size, 245), 0.5)


@pytest.mark.parametrize(
    ("data", "check"),
    [
        (files.jpeg(Image.new("RGB", (800, 600), "white")), EMPTY),
        (files.jpeg(Image.new("RGB", (800, 600), "black")), EMPTY),
        (files.jpeg(_grainy()), EMPTY),
        (pdfs.blank(2), EMPTY),
        (pdfs.half_blank(), FULL),
        (files.jpeg(_one_word()), FULL),
        (files.jpeg(), FULL),
        (pdfs.text(), FULL),
    ],
    ids=["white", "black", "grain of a scanner", "empty pdf", "an empty back", "one word", "certificate", "text"],
)
def test_a_blank_scan_is_noticed(data: bytes, check: Check, run: Scan) -> None:
    assert run(data).checks == (check,)
