"""The scans of a demo applicant: drawn by the platform's own tool, uploaded under plain names."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date

from cli.demo import drawing
from cli.demo.desk import Desk
from cli.demo.people import Person

Paper = tuple[str, str, Callable[[], bytes]]


def papers(person: Person, employer: str) -> Mapping[str, Paper]:
    """Key → file name, purpose, and how it is drawn."""
    graduated = date(person.born_on.year + 22, 6, 30)
    enrolled = date(graduated.year - 4, 9, 1)
    return {
        "photo": ("证件照.jpg", "photo", lambda: drawing.portrait(person).jpeg()),
        "id_scan": ("身份证.pdf", "id_scan", lambda: drawing.id_card(person).pdf(drawing.id_card(person, "back"))),
        "diploma": (
            "毕业证书.jpg",
            "proof",
            lambda: drawing.diploma(
                person, "山东大学", "材料成型及控制工程", started_on=enrolled, ended_on=graduated,
                number="104221200805012345",
            ).jpeg(),
        ),
        "degree": (
            "学位证书.png",
            "proof",
            lambda: drawing.degree_certificate(
                person, "山东大学", "材料成型及控制工程", granted_on=graduated, number="1042242008012345"
            ).png(),
        ),
        "title": (
            "职称证书.jpg",
            "proof",
            lambda: drawing.title_certificate(
                person, "高级工程师", series="工程技术", level="副高级", granted_on=date(2019, 12, 20),
                granted_by="山东省工程技术职务资格高级评审委员会", number="鲁2019A0123456",
            ).jpeg(),
        ),
        "work": (
            "在职证明.pdf",
            "proof",
            lambda: drawing.employment_proof(
                person, employer, "总工程师", started_on=date(2014, 7, 1), issued_on=date(2026, 9, 10)
            ).pdf(),
        ),
        "award": (
            "获奖证书.jpg",
            "proof",
            lambda: drawing.award_certificate(
                person, "山东省科学技术进步奖", granted_on=date(2022, 11, 8), granted_by="山东省人民政府",
                number="JB2022-2-118", achievement="高比能固态电池电解质关键技术", grade="二等奖",
            ).jpeg(),
        ),
    }  # fmt: skip


async def upload_all(desk: Desk, person: Person, employer: str) -> dict[str, str]:
    """Upload every paper and wait until all are processed; gives key → scan id."""
    uploaded = {}
    for key, (name, purpose, draw) in papers(person, employer).items():
        uploaded[key] = await desk.upload(await asyncio.to_thread(draw), name, purpose)
    await desk.when_ready(uploaded)
    return uploaded
