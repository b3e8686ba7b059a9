"""Diplomas, degrees and other certificates: name, school, major, degree, number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.profile.scanning.facts.page import Place, bare, folded, joined, part
from services.profile.scanning.outcome import Line

_NUMBER = re.compile(r"(?:证书编号|证书号码?|编号|NO|N°|№)[:：]?([A-Z0-9\u4e00-\u9fff\-()〔〕\[\]]{4,40})$")
_LABEL = re.compile(r"(?:证书编号|证书号码?|编号)[:：]?$")
_VALUE = re.compile(r"^[A-Z0-9\u4e00-\u9fff\-()〔〕\[\]]{4,40}$")
_NAME = re.compile(
    r"(?:学生|研究生|兹证明|姓名[:：]?)([\u4e00-\u9fff·]{2,8}?)[,，(（:：]?(?:性别|男|女|系|于|自|身份证)"
    r"|(?:^|\n)(?:学生|研究生)?([\u4e00-\u9fff·]{2,5}?)[,，](?:性别)?[男女][,，]"
    r"|(?:^|\n)([\u4e00-\u9fff·]{2,5})同志"
    r"|(?:^|\n)姓\n?名?[^\u4e00-\u9fff\n]?\n?(?!名|性别|民族)([\u4e00-\u9fff·]{2,8})(?:\n|$)"
    r"|(?:^|\n)(?![^\n]*(?:证书|证明|姓|名))([\u4e00-\u9fff·]{2,4})\n性\n?别\n"
)
_MAJOR = re.compile(r"(?:在本校|在本院|在我校|大学|学院)([\u4e00-\u9fff()A-Z]{2,24}?)专业")
_SCHOOL = re.compile(r"^(?:[\u4e00-\u9fff]{2,16}(?:大学|学院|研究院|党校))$")
_DEGREE = re.compile(
    r"((?:哲|经济|法|教育|文|历史|理|工|农|医|军事|管理|艺术)学(?:学士|硕士|博士)|[\u4e00-\u9fff]{2,6}(?:硕士|博士))"
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says; None for what could not be read."""

    name: str | None
    school: str | None
    major: str | None
    degree: str | None
    number: str | None
    number_place: Place | None


def certificate(lines: Sequence[Line]) -> Certificate:
    """Read a certificate."""
    text = joined(lines)
    name, major, degree = (
        _NAME.search("\n".join(folded(line.text) for line in lines)),
        _MAJOR.search(text),
        _DEGREE.search(text),
    )
    number, place = _number(lines)
    return Certificate(
        name=next((found for found in name.groups() if found), None) if name else None,
        school=next((folded(line.text) for line in lines if _SCHOOL.match(folded(line.text))), None),
        major=major[1] if major else None,
        degree=degree[1] if degree else None,
        number=number,
        number_place=place,
    )


def _number(lines: Sequence[Line]) -> tuple[str | None, Place | None]:
    """What stands behind 证书编号, or in the line after it."""
    for at, line in enumerate(lines):
        text = bare(line.text)
        if found := _NUMBER.search(text):
            return found[1], part(line, found.start(1), found.end(1))
        if _LABEL.search(text) and at + 1 < len(lines) and _VALUE.match(bare(lines[at + 1].text)):
            return bare(lines[at + 1].text), Place(lines[at + 1].page, lines[at + 1].box)
    return None, None
