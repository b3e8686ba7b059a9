"""Identity papers: the resident identity card, both sides, and the page of a passport with its machine lines."""

from datetime import date
from functools import cache
from typing import Literal

from pypinyin import lazy_pinyin

from cli.demo.drawing import guilloche, mrz
from cli.demo.drawing.fonts import BLACK, BOLD, MEDIUM
from cli.demo.drawing.portraits import portrait
from cli.demo.drawing.seals import star
from cli.demo.drawing.sheet import INK, PALE, Colour, Drawing, Sheet
from cli.demo.people import Person
from shared.programmes.shape.masks import surname as surname_of

_CARD = (1012, 638)
_LABEL: Colour = (42, 98, 148)
_RED: Colour = (196, 40, 44)
_SAMPLE = "演示样张 · 虚构人物 · 不是证件"


def id_card(
    person: Person,
    side: Literal["front", "back"] = "front",
    *,
    issued_by: str = "示例市公安局示例分局",
    valid_from: date = date(2018, 5, 20),
    valid_until: date = date(2038, 5, 20),
) -> Drawing:
    """One side of the card: the front with face, name and number, the back with issuer and validity."""
    sheet = Sheet.printed(_card())
    if side == "front":
        _front(sheet, person)
    else:
        _back(sheet, issued_by, valid_from, valid_until)
    return sheet.finished()


@cache
def _card() -> Drawing:
    """The ground of both sides."""
    sheet = Sheet(*_CARD, (236, 242, 244))
    guilloche.waves(sheet, (150, 190, 205), lines=40, strength=150)
    guilloche.rosette(sheet, (360, 330), 230, (205, 160, 165), strength=130)
    guilloche.rosette(sheet, (760, 300), 190, (150, 190, 160), petals=9, strength=110)
    sheet.text((_CARD[0] - 24, _CARD[1] - 16), _SAMPLE, 17, ink=(140, 150, 160), anchor="rs")
    return sheet.finished()


def _front(sheet: Sheet, person: Person) -> None:
    born = person.born_on
    _labelled(sheet, 105, "姓名", person.name, gap=8)
    _labelled(sheet, 180, "性别", person.gender_said)
    sheet.text((310, 180), "民族", 30, weight=MEDIUM, ink=_LABEL)
    sheet.text((392, 180), person.ethnicity_said, 36, weight=MEDIUM)
    sheet.text((62, 255), "出生", 30, weight=MEDIUM, ink=_LABEL)
    for x, number, unit, unit_at in (
        (160, born.year, "年", 258),
        (312, born.month, "月", 368),
        (422, born.day, "日", 478),
    ):
        sheet.text((x, 255), str(number), 36, weight=MEDIUM)
        sheet.text((unit_at, 255), unit, 30, weight=MEDIUM, ink=_LABEL)
    sheet.text((62, 335), "住址", 30, weight=MEDIUM, ink=_LABEL)
    sheet.paragraph((160, 335), person.address.replace(" ", ""), 34, width=430, leading=50, weight=MEDIUM)
    sheet.text((62, 566), "公民身份号码", 30, weight=MEDIUM, ink=_LABEL)
    sheet.text((330, 566), person.id_number, 44, weight=BOLD, gap=7)
    sheet.picture(portrait(person).image, (650, 78, 934, 476))


def _back(sheet: Sheet, issued_by: str, valid_from: date, valid_until: date) -> None:
    _emblem(sheet, (150, 160), 96)
    sheet.text((590, 140), "中华人民共和国", 52, weight=MEDIUM, anchor="ms", gap=14)
    sheet.text((590, 240), "居 民 身 份 证", 76, weight=BLACK, anchor="ms", gap=4)
    sheet.text((240, 480), "签发机关", 32, weight=MEDIUM, ink=_LABEL)
    sheet.text((400, 480), issued_by, 36, weight=MEDIUM)
    sheet.text((240, 560), "有效期限", 32, weight=MEDIUM, ink=_LABEL)
    sheet.text((400, 560), f"{valid_from:%Y.%m.%d}-{valid_until:%Y.%m.%d}", 36, weight=MEDIUM)


def _labelled(sheet: Sheet, y: int, label: str, value: str, gap: int = 0) -> None:
    sheet.text((62, y), label, 30, weight=MEDIUM, ink=_LABEL)
    sheet.text((160, y), value, 40 if gap else 36, weight=MEDIUM, gap=gap)


def _emblem(sheet: Sheet, centre: tuple[int, int], radius: int) -> None:
    """A plain emblem of our own: rings and a star; it is nobody's arms."""
    x, y = centre
    for reach, ink in ((radius, (206, 52, 52)), (radius - 12, (238, 214, 150)), (radius - 20, (206, 52, 52))):
        sheet.pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=ink)
    sheet.pen.polygon(star((x, y), radius * 0.6), fill=(246, 222, 140))


def passport(
    person: Person, number: str = "E12345678", *, country: str = "CHN", valid_until: date = date(2031, 6, 30)
) -> Drawing:
    """The page of a passport: face, names in 汉字 and letters, and the two machine lines of ICAO Doc 9303."""
    sheet = Sheet(1480, 1040, (240, 236, 226))
    guilloche.waves(sheet, (196, 176, 200), lines=60, strength=170)
    guilloche.rosette(sheet, (980, 430), 300, (190, 200, 170), strength=130)
    surname, given = latin(person.name)
    sheet.text((70, 96), "护照", 50, weight=BOLD, ink=_RED)
    sheet.text((190, 96), "PASSPORT", 40, weight=BOLD, ink=_RED, gap=3)
    sheet.text((1410, 96), _SAMPLE, 22, ink=PALE, anchor="rs")
    sheet.picture(portrait(person).image, (76, 170, 446, 688))
    sex = f"{person.gender_said}/{mrz.sex(person.gender)}"
    shown = (
        ("国家码/Country Code", country), ("护照号/Passport No.", number),
        ("姓名/Name", person.name), ("性别/Sex", sex),
        ("姓名/Name in letters", f"{surname}, {given}"), ("国籍/Nationality", country),
        ("出生日期/Date of birth", person.born_on.isoformat()), ("有效期至/Date of expiry", valid_until.isoformat()),
        ("签发机关/Authority", "示例签发机关 SAMPLE AUTHORITY"),
    )  # fmt: skip
    for at, (label, value) in enumerate(shown):
        x, y = (500, 1010)[at % 2], 180 + at // 2 * 110
        sheet.text((x, y), label, 22, ink=PALE)
        sheet.text((x, y + 48), value, 38, weight=MEDIUM)
    sheet.pen.rectangle((0, 800, 1480, 1040), fill=(250, 249, 246))
    for row, line in enumerate(
        mrz.passport_lines(country, surname, given, number, person.born_on, person.gender, valid_until)
    ):
        for column, character in enumerate(line):
            sheet.text((78 + column * 30.5, 890 + row * 80), character, 38, weight=MEDIUM, ink=INK, anchor="ms")
    return sheet.finished()


def latin(name: str) -> tuple[str, str]:
    """Surname and given name in capitals, as a passport writes them."""
    family = surname_of(name)
    return _letters(family), _letters(name.removeprefix(family))


def _letters(characters: str) -> str:
    return "".join(lazy_pinyin(characters, v_to_u=True)).upper().replace("Ü", "YU")
