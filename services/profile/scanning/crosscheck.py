"""What was read against what was declared: advice to people, worst said plainly; pure, so that it can run again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from services.profile.scanning import facts
from services.profile.scanning.facts import Document, Place
from services.profile.scanning.looks import legible, photo_checks
from services.profile.scanning.outcome import Box, Check, Line
from shared.programmes.facts import citizen_id

CROSS_CHECKS: Final = frozenset(
    {
        "legible",
        "photo_face",
        "right_slot",
        "name_found",
        "id_number_found",
        "id_checksum",
        "birth_date",
        "gender",
        "certificate_number",
        "dates",
    }
)
"""The checks that are made here; they are replaced when what is declared changes."""
_DATES: Final = ("granted_on", "ended_on", "published_on", "obtained_on", "founded_on", "started_on", "joined_on")
_NUMBERS: Final = ("certificate_number", "document_number")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a scan is to prove: `basic` of the profile, and the values of the record that names it."""

    purpose: str
    basic: Mapping[str, object] = field(default_factory=dict)
    record: Mapping[str, object] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    """What the pipeline noted of how the scan looks."""

    def text(self, name: str) -> str:
        """A value of `basic` as text, empty where there is none."""
        value = self.basic.get(name)
        return value if isinstance(value, str) else ""


def cross_check(lines: Sequence[Line] | None, declared: Declared) -> list[Check]:
    """Every check of what was read; `lines` is None where reading failed, which a person is told."""
    if declared.purpose == "photo":
        return list(photo_checks(lines, declared.flags))
    if lines is None:
        return [Check("legible", "attention", "not_read")]
    found = [legible(lines, declared.flags)]
    if lines:
        found += _identity(lines, declared) if declared.purpose == "id_scan" else _proof(lines, declared)
    return found


def _identity(lines: Sequence[Line], declared: Declared) -> Iterator[Check]:
    kinds, kind, number = facts.document(lines), declared.text("id_type"), declared.text("id_number")
    fits = _identity_slot(kinds, kind)
    yield fits
    if fits.outcome != "passed":
        return
    yield from _name(lines, declared)
    if number:
        yield _number(lines, number)
    if Document.CARD_FRONT in kinds and kind in {"", "citizen_id"}:
        yield from _card(lines, declared)
    elif kind == "passport":
        yield from _passport(lines, declared)


def _identity_slot(kinds: frozenset[Document], kind: str) -> Check:
    """Whether it is a document of identity, and the side that counts."""
    wanted = Document.PASSPORT if kind == "passport" else Document.CARD_FRONT
    if wanted in kinds or (not kind and Document.PASSPORT in kinds):
        return Check("right_slot", "passed", "slot_fits", page=1)
    if Document.CARD_BACK in kinds and kind in {"", "citizen_id"}:
        return Check("right_slot", "attention", "only_the_back", page=1)
    if kinds or kind == "citizen_id":
        return Check("right_slot", "attention", "not_the_document", page=1)
    return Check("right_slot", "passed", "slot_fits", page=1)


def _card(lines: Sequence[Line], declared: Declared) -> Iterator[Check]:
    front, numbers = facts.card_front(lines), list(facts.citizen_numbers(lines))
    if numbers and not any(facts.resembles(read, declared.text("id_number")) for read, _place in numbers):
        right = next((place for read, place in numbers if citizen_id.fault(read) is None), None)
        yield _judged("id_checksum", right, numbers[0][1], "checksum_right", "checksum_wrong")
    born, gender = declared.text("born_on"), declared.text("gender")
    if born and front.born_on:
        place = facts.find(lines, f"{front.born_on.year}年{front.born_on.month}月")
        yield _compared("birth_date", front.born_on.isoformat() == born, place, "birth_agrees", "birth_differs")
    if gender and front.gender:
        place = facts.find(lines, "性别")
        yield _compared("gender", front.gender == gender, place, "gender_agrees", "gender_differs")


def _passport(lines: Sequence[Line], declared: Declared) -> Iterator[Check]:
    read, born = facts.machine_lines(lines), declared.text("born_on")
    if read is None:
        return
    if born and read.checks:
        agrees = born[2:].replace("-", "") == read.born
        yield _compared("birth_date", agrees, read.place, "birth_agrees", "birth_differs")
    sex = {"1": "M", "2": "F"}.get(declared.text("gender"))
    if sex and read.sex in {"M", "F"}:
        yield _compared("gender", sex == read.sex, read.place, "gender_agrees", "gender_differs")


def _proof(lines: Sequence[Line], declared: Declared) -> Iterator[Check]:
    kinds = facts.document(lines)
    if kinds & {Document.CARD_FRONT, Document.CARD_BACK} and Document.CERTIFICATE not in kinds:
        yield Check("right_slot", "attention", "a_card_as_proof", page=1)
        return
    yield Check("right_slot", "passed", "slot_fits", page=1)
    yield from _name(lines, declared)
    number = next((value for name in _NUMBERS if isinstance(value := declared.record.get(name), str) and value), None)
    if number:
        place = facts.find(lines, number)
        elsewhere = facts.certificate(lines).number_place
        yield _judged("certificate_number", place, elsewhere, "certificate_number_found", "certificate_number_missing")
    yield from _date(lines, declared)


def _name(lines: Sequence[Line], declared: Declared) -> Iterator[Check]:
    name = declared.text("name")
    if name:
        yield _judged("name_found", _name_place(lines, name), None, "name_found", "name_missing")


def _name_place(lines: Sequence[Line], name: str) -> Place | None:
    """A name in 汉字 stands as it is; of one in letters each part stands somewhere, in whatever order."""
    if not name.isascii():
        return facts.find(lines, name)
    places = [facts.find(lines, part) for part in name.replace(",", " ").split()]
    return places[0] if places and all(places) else None


def _number(lines: Sequence[Line], declared: str) -> Check:
    numbers = list(facts.citizen_numbers(lines))
    same = [place for read, place in numbers if read == declared or facts.resembles(read, declared)]
    place = same[0] if same else facts.find(lines, declared)
    return _judged("id_number_found", place, numbers[0][1] if numbers else None, "id_number_found", "id_number_missing")


def _date(lines: Sequence[Line], declared: Declared) -> Iterator[Check]:
    """The day that the record gives to what the paper proves: the first of its dates that says so."""
    said = next((value for name in _DATES if isinstance(value := declared.record.get(name), str) and value), None)
    if said is None:
        return
    day, found = date.fromisoformat(said), list(facts.dates_in(lines))
    place = next((one.place for one in found if one.agrees(day)), None)
    yield _judged("dates", place, found[-1].place if found else None, "date_found", "date_missing")


def _judged(check: str, place: Place | None, elsewhere: Place | None, passed: str, attention: str) -> Check:
    """Passed where the value stands; else attention, pointing to where another one does."""
    if place:
        return Check(check, "passed", passed, place.page, place.box)
    return Check(check, "attention", attention, *_at(elsewhere))


def _compared(check: str, agrees: bool, place: Place | None, passed: str, attention: str) -> Check:  # noqa: FBT001 - one verdict
    code = passed if agrees else attention
    return Check(check, "passed" if agrees else "attention", code, *_at(place))


def _at(place: Place | None) -> tuple[int | None, Box | None]:
    """Page and box of a place, if there is one."""
    return (place.page, place.box) if place else (None, None)
