"""Every paper can be drawn, as a file of each kind, and is what it says it is."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops

from cli.demo import drawing
from cli.demo.drawing import Drawing
from cli.demo.drawing.identity import latin
from cli.demo.drawing.mrz import check_digit, passport_lines
from cli.demo.drawing.sheet import Sheet, pieces
from cli.demo.people import LI_NA, WANG_FANG, ZHANG_WEI

DAY = date(2018, 12, 20)
PAPERS: dict[str, Callable[[], Drawing]] = {
    "front": lambda: drawing.id_card(ZHANG_WEI),
    "back": lambda: drawing.id_card(ZHANG_WEI, "back"),
    "passport": lambda: drawing.passport(LI_NA),
    "portrait": lambda: drawing.portrait(WANG_FANG),
    "diploma": lambda: drawing.diploma(
        ZHANG_WEI,
        "山东示范大学",
        "材料学",
        started_on=date(2003, 9, 1),
        ended_on=date(2007, 6, 30),
        number="1042212007",
    ),
    "degree": lambda: drawing.degree_certificate(LI_NA, "山东示范大学", "材料学", granted_on=DAY, number="104222018"),
    "title": lambda: drawing.title_certificate(
        LI_NA,
        "工程师",
        series="工程技术人员",
        level="中级",
        granted_on=DAY,
        granted_by="示例评审委员会",
        number="鲁18030",
    ),
    "award": lambda: drawing.award_certificate(
        WANG_FANG, "科学技术奖", achievement="复合材料", granted_on=DAY, granted_by="示例市科学技术局", number="2018-2"
    ),
    "honour": lambda: drawing.award_certificate(
        WANG_FANG, "劳动模范", granted_on=DAY, granted_by="示例市总工会", number="2018-7"
    ),
    "proof": lambda: drawing.employment_proof(
        ZHANG_WEI, "鲁北新材料有限公司", "技术研发部主任", started_on=date(2007, 7, 10), issued_on=DAY
    ),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_becomes_a_file_of_each_kind(paper: str) -> None:
    drawn = PAPERS[paper]()

    assert Image.open(BytesIO(drawn.jpeg())).format == "JPEG"
    assert Image.open(BytesIO(drawn.png())).size == drawn.image.size
    assert len(pypdfium2.PdfDocument(drawn.pdf())) == 1
    assert len(drawn.image.getcolors(1 << 24) or []) > 1000


def test_several_drawings_become_the_pages_of_one_pdf() -> None:
    front, back = PAPERS["front"](), PAPERS["back"]()

    assert len(pypdfium2.PdfDocument(front.pdf(back))) == 2


def test_a_paper_is_drawn_the_same_again_and_differs_from_anothers() -> None:
    first, again = drawing.id_card(ZHANG_WEI).image, drawing.id_card(ZHANG_WEI).image

    assert ImageChops.difference(first, again).getbbox() is None
    assert ImageChops.difference(first, drawing.id_card(LI_NA).image).getbbox() is not None


def test_a_portrait_is_upright_large_enough_and_in_colour() -> None:
    width, height = drawing.portrait(LI_NA).image.size
    saturation = drawing.portrait(LI_NA).image.convert("HSV").getchannel("S")

    assert (width, height) == (590, 826)
    assert sum(saturation.histogram()[64:]) > width * height / 10


def test_what_is_written_fits_the_card() -> None:
    sheet = Sheet(600, 400)

    assert sheet.paragraph((10, 50), "山东省德州市德城区湖滨北路 288 号" * 3, 30, width=300, leading=40) > 200
    assert sheet.image.crop((330, 0, 600, 400)).getcolors() == [(270 * 400, (255, 255, 255))]


def test_text_breaks_between_characters_but_not_within_a_number() -> None:
    assert pieces("于 2003 年A4纸") == ["于", " 2003", " ", "年", "A4", "纸"]


def test_the_machine_lines_are_those_of_the_standards_own_example() -> None:
    # ICAO Doc 9303 part 4, appendix B, without the personal number.
    first, second = passport_lines(
        "UTO", "ERIKSSON", "ANNA<MARIA", "L898902C3", date(1974, 8, 12), "2", date(2012, 4, 15)
    )

    assert first == "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    assert second[:28] == "L898902C36UTO7408122F1204159"
    assert (len(second), check_digit("L898902C3")) == (44, "6")


@pytest.mark.parametrize(
    ("name", "letters"), [("李娜", ("LI", "NA")), ("吕思远", ("LYU", "SIYUAN")), ("欧阳明", ("OUYANG", "MING"))]
)
def test_a_name_is_written_in_letters_as_in_a_passport(name: str, letters: tuple[str, str]) -> None:
    assert latin(name) == letters
