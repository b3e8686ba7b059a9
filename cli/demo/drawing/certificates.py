"""Certificates: diploma, degree, title, award; and the letter in which an employer says who works there."""

from datetime import date
from functools import cache

from cli.demo.drawing import guilloche
from cli.demo.drawing.fonts import BLACK, BOLD, MEDIUM
from cli.demo.drawing.portraits import portrait
from cli.demo.drawing.seals import seal
from cli.demo.drawing.sheet import Colour, Drawing, Sheet
from cli.demo.people import Person

_WIDE = (1654, 1169)
_TALL = (1240, 1754)
_RED: Colour = (176, 28, 34)
_BROWN: Colour = (134, 92, 44)
_SAMPLE = "演示样张 · 内容均为虚构"


def diploma(
    person: Person, school: str, major: str, *, level: str = "本科", years: str = "四",
    started_on: date, ended_on: date, number: str,
) -> Drawing:  # fmt: skip
    """毕业证书."""
    sheet = _wide((252, 248, 238), (226, 200, 150), _RED)
    sheet.text((_WIDE[0] // 2, 235), "毕业证书", 96, weight=BLACK, ink=_RED, anchor="ms", gap=40)
    sheet.picture(portrait(person).image, (170, 370, 450, 762))
    text = (
        f"学生 {person.name}，性别{person.gender_said}，{_said(person.born_on)}生，"
        f"于 {_month(started_on)}至 {_month(ended_on)}在本校{major}专业{years}年制{level}学习，"
        "修完教学计划规定的全部课程，成绩合格，准予毕业。"
    )
    sheet.paragraph((530, 440), text, 44, width=950, leading=84, indent=2)
    sheet.text((170, 920), f"证书编号：{number}", 34)
    sheet.text((170, 980), "校（院）长：", 34)
    sheet.text((370, 985), "周怀瑾", 46, weight=300)
    _signed(sheet, school, ended_on)
    return sheet.finished()


def degree_certificate(
    person: Person, school: str, major: str, *, degree: str = "工学学士", granted_on: date, number: str
) -> Drawing:
    """学位证书."""
    sheet = _wide((248, 250, 252), (170, 190, 220), (40, 72, 130))
    sheet.text((_WIDE[0] // 2, 235), f"{degree}学位证书", 84, weight=BLACK, ink=(40, 72, 130), anchor="ms", gap=18)
    sheet.picture(portrait(person).image, (170, 370, 450, 762))
    text = (
        f"{person.name}，{person.gender_said}，{_said(person.born_on)}生。在{school}{major}专业完成了规定的学习，"
        f"经审核符合学位授予条件，授予{degree}学位。"
    )
    sheet.paragraph((530, 440), text, 44, width=950, leading=84, indent=2)
    sheet.text((170, 920), f"证书编号：{number}", 34)
    sheet.text((170, 980), "学位评定委员会主席：", 34)
    sheet.text((520, 985), "周怀瑾", 46, weight=300)
    _signed(sheet, school, granted_on)
    return sheet.finished()


def title_certificate(
    person: Person, title: str, *, series: str, level: str, granted_on: date, granted_by: str, number: str
) -> Drawing:
    """专业技术职务任职资格证书."""
    sheet = _wide((250, 246, 240), (214, 186, 150), _BROWN)
    sheet.text((_WIDE[0] // 2, 215), "专业技术职务任职资格证书", 70, weight=BLACK, ink=_BROWN, anchor="ms", gap=10)
    sheet.picture(portrait(person).image, (180, 340, 460, 732))
    rows = (
        ("姓　　名", person.name), ("性　　别", person.gender_said), ("身份证号", person.id_number),
        ("系列名称", series), ("资格名称", title), ("资格级别", level),
        ("批准时间", _said(granted_on)), ("证书编号", number),
    )  # fmt: skip
    for at, (label, value) in enumerate(rows):
        y = 380 + at * 68
        sheet.text((540, y), label, 34, weight=MEDIUM, ink=_BROWN)
        sheet.text((730, y), value, 38)
        sheet.pen.line((724, y + 14, 1400, y + 14), fill=(206, 190, 166), width=2)
    _signed(sheet, granted_by, granted_on, label="批准单位：")
    return sheet.finished()


def award_certificate(
    person: Person,
    award: str,
    *,
    granted_on: date,
    granted_by: str,
    number: str,
    achievement: str = "",
    grade: str = "",
) -> Drawing:
    """荣誉证书: an award for an achievement, or an honour where none is named."""
    sheet = _wide((255, 247, 236), (240, 190, 150), _RED)
    sheet.text((_WIDE[0] // 2, 270), "荣誉证书", 110, weight=BLACK, ink=_RED, anchor="ms", gap=46)
    sheet.text((210, 430), f"{person.name} 同志：", 50, weight=BOLD)
    for_what = f"您完成的“{achievement}”项目荣获" if achievement else "鉴于您在工作中成绩突出，授予您"
    text = f"{for_what}{award}{grade}。特发此证，以资鼓励。"
    sheet.paragraph((210, 540), text, 48, width=1240, leading=92, indent=2)
    sheet.text((210, 980), f"证书编号：{number}", 34)
    _signed(sheet, granted_by, granted_on)
    return sheet.finished()


def employment_proof(person: Person, employer: str, post: str, *, started_on: date, issued_on: date) -> Drawing:
    """在职证明, on the employer's paper."""
    sheet = Sheet(*_TALL, (253, 253, 251))
    sheet.text((_TALL[0] // 2, 170), employer, 52, weight=BOLD, ink=_RED, anchor="ms", gap=6)
    sheet.pen.rectangle((120, 205, _TALL[0] - 120, 211), fill=_RED)
    sheet.pen.rectangle((120, 218, _TALL[0] - 120, 220), fill=_RED)
    sheet.text((_TALL[0] // 2, 400), "在职证明", 66, weight=BLACK, anchor="ms", gap=24)
    text = (
        f"兹证明 {person.name}（性别：{person.gender_said}，身份证号：{person.id_number}）自 {_said(started_on)}起"
        f"在我单位工作，现任{post}。该同志遵纪守法，工作认真，表现良好。"
    )
    y = sheet.paragraph((140, 540), text, 40, width=_TALL[0] - 280, leading=78, indent=2)
    sheet.text((220, y + 20), "特此证明。", 40)
    sheet.text((_TALL[0] - 150, y + 260), employer, 40, anchor="rs")
    sheet.text((_TALL[0] - 150, y + 340), _said(issued_on), 40, anchor="rs")
    sheet.stamp(seal(employer, size=330), (_TALL[0] - 380, int(y) + 270))
    sheet.text((_TALL[0] // 2, _TALL[1] - 60), _SAMPLE, 24, ink=(170, 170, 170), anchor="ms")
    return sheet.finished()


def _wide(paper: Colour, lines: Colour, frame: Colour) -> Sheet:
    """A certificate's sheet, engraved once for each dress."""
    return Sheet.printed(_engraved(paper, lines, frame))


@cache
def _engraved(paper: Colour, lines: Colour, frame: Colour) -> Drawing:
    """The ground of a certificate: waves, a rosette in the middle, a woven frame."""
    sheet = Sheet(*_WIDE, paper)
    guilloche.waves(sheet, lines, lines=56, strength=150)
    guilloche.rosette(sheet, (_WIDE[0] / 2, _WIDE[1] / 2), 330, lines, petals=16, strength=170)
    guilloche.border(sheet, 48, frame)
    sheet.text((_WIDE[0] // 2, _WIDE[1] - 92), _SAMPLE, 22, ink=(170, 160, 150), anchor="ms")
    return sheet.finished()


def _signed(sheet: Sheet, by: str, on: date, label: str = "") -> None:
    """Name, date and seal, lower right."""
    sheet.text((1460, 960), label + by, 40, weight=MEDIUM, anchor="rs")
    sheet.text((1460, 1030), _said(on), 36, anchor="rs")
    sheet.stamp(seal(by, size=290), (1250, 940))


def _said(on: date) -> str:
    return f"{on.year} 年 {on.month} 月 {on.day} 日"


def _month(on: date) -> str:
    return f"{on.year} 年 {on.month} 月"
