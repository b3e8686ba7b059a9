"""Scans that applicants of the tests upload: drawn by the platform's own tool."""

from datetime import date
from functools import cache

from cli.demo import drawing
from cli.demo.people import Person


def _person(name: str, id_number: str) -> Person:
    """Somebody with that name and number."""
    born_on = date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    return Person(
        name, "2" if int(id_number[16]) % 2 == 0 else "1", "01", born_on, "德州市德城区三八中路 9 号", id_number
    )


@cache
def id_card_jpeg(name: str, id_number: str) -> bytes:
    """The front of a card."""
    return drawing.id_card(_person(name, id_number)).jpeg()


@cache
def portrait_jpeg() -> bytes:
    """A portrait in colour."""
    return drawing.portrait(_person("周晓燕", "371402198805123426")).jpeg()


@cache
def certificate_pdf(name: str) -> bytes:
    """A proof of employment as PDF."""
    person = _person(name, "371402198805123426")
    return drawing.employment_proof(
        person, "鲁北新材料有限公司", "总工程师", started_on=date(2014, 7, 1), issued_on=date(2026, 9, 10)
    ).pdf()


@cache
def diploma_png(name: str) -> bytes:
    """A diploma as PNG."""
    person = _person(name, "371402198805123426")
    return drawing.diploma(
        person,
        "山东大学",
        "材料科学与工程",
        started_on=date(2006, 9, 1),
        ended_on=date(2010, 6, 30),
        number="104221201005012345",
    ).png()
