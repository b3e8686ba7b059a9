"""The labelled set: papers of invented people, each with the facts that stand on it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from PIL import Image

from cli.demo import drawing
from cli.demo.people import Person, invented
from services.profile.scanning.crosscheck import Declared

_SCHOOLS = ("山东大学", "青岛科技大学", "燕山大学", "河北工业大学", "天津理工大学")
_MAJORS = ("材料成型及控制工程", "机械设计制造及其自动化", "计算机科学与技术", "化学工程与工艺", "临床医学")


@dataclass(frozen=True, slots=True)
class Paper:
    """A drawn paper: its kind, the picture, the facts on it, and what its owner declares, all of it right.

    `asks` is what is rightly asked about it all the same.
    """

    kind: str
    image: Image.Image
    facts: Mapping[str, str]
    declared: Declared
    asks: frozenset[str] = frozenset()


def papers(count: int, seed: int) -> Iterator[Paper]:
    """So many papers, every kind in turn."""
    for at in range(count):
        chance = Random(seed * 10_000 + at)
        yield _KINDS[at % len(_KINDS)](invented(chance.randrange(10**6)), chance)


def _basic(person: Person, **more: str) -> dict[str, object]:
    born = person.born_on.isoformat()
    known = {"name": person.name, "gender": person.gender, "born_on": born, "id_number": person.id_number}
    return {**known, "id_type": "citizen_id", **more}


def _day(chance: Random) -> date:
    return date(chance.randint(2000, 2025), chance.randint(1, 12), chance.randint(2, 28))


def _front(person: Person, _chance: Random) -> Paper:
    facts = {"name": person.name, "gender": person.gender, "ethnicity": person.ethnicity_said}
    facts |= {"born_on": person.born_on.isoformat(), "number": person.id_number}
    facts["address"] = person.address.replace(" ", "")
    return Paper("card_front", drawing.id_card(person).image, facts, Declared("id_scan", _basic(person)))


def _back(person: Person, chance: Random) -> Paper:
    since, place = _day(chance), chance.choice(("德州市公安局德城分局", "禹城市公安局", "乐陵市公安局", "宁津县公安局"))
    until = since.replace(year=since.year + 20)
    drawn = drawing.id_card(person, "back", issued_by=place, valid_from=since, valid_until=until)
    facts = {"issued_by": place, "valid_from": since.isoformat(), "valid_until": until.isoformat()}
    declared = Declared("id_scan", _basic(person))
    return Paper("card_back", drawn.image, facts, declared, frozenset({"only_the_back"}))


def _passport(person: Person, chance: Random) -> Paper:
    number = f"E{chance.randrange(10**8):08}"
    facts = {"number": number, "born": f"{person.born_on:%y%m%d}", "sex": {"1": "M", "2": "F"}[person.gender]}
    declared = Declared("id_scan", _basic(person, id_type="passport", id_number=number))
    return Paper("passport", drawing.passport(person, number).image, facts, declared)


def _diploma(person: Person, chance: Random) -> Paper:
    school, major, ended = chance.choice(_SCHOOLS), chance.choice(_MAJORS), _day(chance)
    number = str(chance.randrange(10**17, 10**18))
    drawn = drawing.diploma(person, school, major, started_on=date(ended.year - 4, 9, 1), ended_on=ended, number=number)
    facts = {"name": person.name, "school": school, "major": major, "number": number, "date": ended.isoformat()}
    record = {"ended_on": ended.isoformat(), "certificate_number": number}
    return Paper("diploma", drawn.image, facts, Declared("proof", _basic(person), record))


def _degree(person: Person, chance: Random) -> Paper:
    school, major, granted = chance.choice(_SCHOOLS), chance.choice(_MAJORS), _day(chance)
    number = str(chance.randrange(10**15, 10**16))
    drawn = drawing.degree_certificate(person, school, major, granted_on=granted, number=number)
    facts = {"name": person.name, "school": school, "major": major, "degree": "工学学士", "number": number}
    facts["date"] = granted.isoformat()
    record = {"ended_on": granted.isoformat(), "certificate_number": number}
    return Paper("degree", drawn.image, facts, Declared("proof", _basic(person), record))


def _title(person: Person, chance: Random) -> Paper:
    granted, number = _day(chance), f"鲁{chance.randrange(2000, 2025)}A{chance.randrange(10**7):07}"
    drawn = drawing.title_certificate(
        person, "高级工程师", series="工程技术", level="副高级", granted_on=granted,
        granted_by="山东省工程技术职务资格高级评审委员会", number=number,
    )  # fmt: skip
    facts = {"name": person.name, "number": number, "date": granted.isoformat()}
    record = {"granted_on": granted.isoformat(), "certificate_number": number}
    return Paper("title", drawn.image, facts, Declared("proof", _basic(person), record))


def _award(person: Person, chance: Random) -> Paper:
    granted, number = _day(chance), f"JB{chance.randrange(2000, 2025)}-2-{chance.randrange(100, 999)}"
    drawn = drawing.award_certificate(
        person, "山东省科学技术进步奖", granted_on=granted, granted_by="山东省人民政府", number=number,
        achievement="高比能固态电池电解质关键技术", grade="二等奖",
    )  # fmt: skip
    facts = {"name": person.name, "number": number, "date": granted.isoformat()}
    record = {"granted_on": granted.isoformat(), "certificate_number": number}
    return Paper("award", drawn.image, facts, Declared("proof", _basic(person), record))


_KINDS: tuple[Callable[[Person, Random], Paper], ...] = (_front, _back, _passport, _diploma, _degree, _title, _award)
