"""How a scan looks: what keeps it from being read, and a photo that is no portrait."""

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from services.profile.scanning import Check
from services.profile.scanning.looks import REASONS, legible, photo_checks
from services.profile.scanning.outcome import Box, Line
from services.profile.scanning.prints import bands_of, words_on
from tests.builders import files
from tests.services.profile.scanning import papers
from tests.services.profile.scanning.conftest import Scan
from tests.services.profile.scanning.papers import lines

PAGE = files.certificate()


@pytest.mark.parametrize(
    ("image", "flags"),
    [
        (PAGE, set()),
        (PAGE.filter(ImageFilter.GaussianBlur(9)), {"blurred"}),
        (ImageEnhance.Brightness(PAGE).enhance(0.25), {"dark"}),
        (Image.blend(PAGE, Image.new("RGB", PAGE.size, "white"), 0.93), {"bright"}),
        (PAGE.resize((300, 424)), {"small"}),
    ],
    ids=["a good page", "out of focus", "dark", "bright", "small"],
)
def test_why_a_page_may_be_hard_to_read_is_noted(image: Image.Image, flags: set[str], run: Scan) -> None:
    noted = set(run(files.jpeg(image)).flags) & set(REASONS)

    assert noted - {"blurred"} == flags - {"blurred"}
    assert "blurred" not in flags or "blurred" in noted


@pytest.mark.parametrize(
    ("read", "flags", "code"),
    [
        (papers.DIPLOMA, {"dark", "blurred", "small"}, "read_well"),
        (lines("张伟在职证明", score=0.5), set(), "read_badly"),
        (lines("张伟在职证明", score=0.5), {"dark"}, "looks_dark"),
        (lines("张伟在职证明", score=0.5), {"dark", "blurred"}, "looks_blurred"),
        ([], {"small", "blurred"}, "looks_small"),
        ([], {"bright"}, "looks_bright"),
        ([], set(), "nothing_read"),
    ],
)
def test_what_is_read_well_is_legible_whatever_it_looks_like(read: list[Line], flags: set[str], code: str) -> None:
    assert legible(read, frozenset(flags)).code == code


def test_lines_that_run_out_of_the_picture_were_cut() -> None:
    cut = [
        Line(text, 0.99, 1, Box(0.0, at / 10, 0.6, 0.04))
        for at, text in enumerate(("立大学材料成型", "专业完成了学习"))
    ]

    assert legible([*papers.DIPLOMA, *cut], frozenset()) == Check(
        "legible", "attention", "looks_cropped", 1, cut[0].box
    )
    assert legible([*papers.DIPLOMA, cut[0]], frozenset()).code == "read_well"


@pytest.mark.parametrize(
    ("flags", "read", "codes"),
    [
        ({"one_face"}, [], ["face_found", "slot_fits"]),
        ({"no_face"}, [], ["face_missing", "no_portrait"]),
        ({"several_faces"}, [], ["faces_several", "slot_fits"]),
        ({"one_face", "dark"}, [], ["photo_dark", "face_found", "slot_fits"]),
        ({"one_face"}, papers.DIPLOMA, ["face_found", "not_a_portrait"]),
        ({"bright"}, None, ["photo_bright"]),
    ],
)
def test_a_photo_shows_one_face_and_no_page_of_text(flags: set[str], read: list[Line] | None, codes: list[str]) -> None:
    assert [check.code for check in photo_checks(read, frozenset(flags))] == codes


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (papers.FRONT, {papers.ID_NUMBER}),
        (papers.BACK, set()),
        (papers.DIPLOMA, {"104221200805012345"}),
        (lines("荣誉证书", "张伟同志", "2022年11月8日"), {"张伟 2022-11-08"}),
        (lines("荣誉证书", "张伟同志"), set()),
        (lines("统一社会信用代码91371400MA3CXXXX1A", "电话13805340001", "2018.05.20-2038.05.20"), set()),
        (lines("证书编号：JB2022-2-118"), {"JB20222118"}),
    ],
    ids=["card", "back of a card", "diploma", "name and day", "a name alone", "everybody's numbers", "award"],
)
def test_a_page_is_told_by_numbers_of_one_person(read: list[Line], words: set[str]) -> None:
    assert words_on(read) == words


def test_a_picture_with_nothing_on_it_is_told_by_nothing() -> None:
    assert bands_of("0" * 512) == ()
    assert len(bands_of("f" * 512)) == 16
