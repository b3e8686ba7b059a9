"""The number of an identity document in a list, and what spreadsheets do to it."""

import re
import unicodedata
from datetime import date

from services.auth.rules.people.troubles import Trouble
from shared.programmes import facts
from shared.programmes.facts import citizen_id, documents

YOUNGEST = 15
OLD_LENGTH = 15
TYPES = {
    **{choice.value: choice.value for choice in facts.id_types()},
    **{said: choice.value for choice in facts.id_types() for said in (choice.title.zh, choice.title.en.casefold())},
    "身份证": "citizen_id", "二代身份证": "citizen_id", "港澳台居住证": "residence_permit",
    "港澳居民来往内地通行证": "travel_permit", "台湾居民来往大陆通行证": "travel_permit",
    "外国人永久居留证": "permanent_residence",
}  # fmt: skip
PERMIT = re.compile(r"8[123]0000[0-9]{11}[0-9X]")


def id_type(values: dict[str, str]) -> Trouble | None:
    """The kind of document; left out it follows from the number."""
    said = values["id_type"]
    if not said:
        return None
    known = TYPES.get(said) or TYPES.get(said.casefold())
    if known is None:
        return Trouble("id_type_unknown", "id_type")
    values["id_type"] = known
    return None


def id_number(values: dict[str, str], today: date) -> Trouble | None:
    """The number, judged by its kind of document."""
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", values["id_number"])).upper()
    if not number:
        return Trouble("id_number_missing", "id_number")
    if re.fullmatch(r"[0-9.]+E\+?[0-9]+", number):
        return Trouble("id_number_rounded", "id_number")
    kind = values.get("id_type") or ("residence_permit" if PERMIT.fullmatch(number) else "citizen_id")
    code = documents.fault(kind, number)
    if code is not None:
        return Trouble(_said(code, number, is_named=bool(values.get("id_type"))), "id_number")
    if kind == "citizen_id" and (trouble := _age(number, today)) is not None:
        return trouble
    values["id_number"], values["id_type"] = number, kind
    return None


def _said(code: str, number: str, *, is_named: bool) -> str:
    """What a faulty number most likely is."""
    if re.fullmatch(r"[0-9]{14,15}000", number) and len(number) == citizen_id.LENGTH:
        return "id_number_rounded"
    if number.isdecimal() and len(number) == OLD_LENGTH:
        return "id_number_fifteen"
    looks_foreign = re.search(r"[A-WYZ]", number) is not None or number[:1] == "9"
    return "id_type_needed" if not is_named and looks_foreign else code


def _age(number: str, today: date) -> Trouble | None:
    """Whether somebody of that birth date can have a profession."""
    born = citizen_id.birth_date(number)
    if born > today:
        return Trouble("id_number_future", "id_number")
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return Trouble("id_number_too_young", "id_number", (("minimum", YOUNGEST),)) if age < YOUNGEST else None
