"""One row of a list: what it says of a person, and every trouble that the row shows by itself."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from services.auth.rules import contacts
from services.auth.rules.people.cells import text_of
from services.auth.rules.people.columns import COLUMNS, Heading, field_of
from services.auth.rules.people.numbers import id_number, id_type
from services.auth.rules.people.table import Cell
from services.auth.rules.people.troubles import Trouble

NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ ·•・.\-'’])*")
SHORTEST_NAME = 2
TOTALS = frozenset({"合计", "总计", "小计", "共计", "total"})
SEVERAL = re.compile(r"[;；,，、/\s]")
LANDLINE = re.compile(r"(?:\(?0[0-9]{2,3}\)?-?)[2-9][0-9]{6,7}(?:-[0-9]+)?|[2-9][0-9]{6,7}")


class Judged(NamedTuple):
    """What came of a row: its values by field (what is bad is left out), and its troubles, the gravest first."""

    values: Mapping[str, str]
    troubles: tuple[Trouble, ...]


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether nothing stands in a row."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def judge(cells: Sequence[Cell], heading: Heading, today: date, *, trial: bool) -> Judged:
    """Judge one row by itself. `trial`: addresses under `.test` are good (no letter leaves)."""
    whole = _whole_row(cells)
    if whole is not None:
        return Judged({}, (whole,))
    values, troubles = dict[str, str](), list[Trouble]()
    for column in COLUMNS:
        place = heading.places.get(column.field)
        cell = cells[place] if place is not None and place < len(cells) else None
        text, trouble = text_of(cell, column.field, column.heading)
        if trouble is None:
            values[column.field] = text
        else:
            troubles.append(trouble)
    troubles += _people(values, today, trial=trial)
    if not is_blank(cells[heading.width :]):
        troubles.append(Trouble("cells_beyond", "row"))
    bad = {trouble.field for trouble in troubles}
    return Judged({field: text for field, text in values.items() if field not in bad}, tuple(troubles))


def _whole_row(cells: Sequence[Cell]) -> Trouble | None:
    """What a row is that is no person at all."""
    if is_blank(cells):
        return Trouble("blank_row", "row")
    texts = [cell.strip() if isinstance(cell, str) else "" for cell in cells]
    if sum(field_of(text) is not None for text in texts) > len(COLUMNS) // 2:
        return Trouble("headings_again", "row")
    first = next((text for text in texts if text), "")
    return Trouble("total_row", "row") if first.casefold().rstrip(":：") in TOTALS else None


def _people(values: dict[str, str], today: date, *, trial: bool) -> list[Trouble]:
    """What is wrong with a person's values; those that are good are brought into the form that is kept."""
    found = [
        trouble
        for field, look in (("name", _name), ("mobile", _mobile), ("employer", _employer))
        if field in values and (trouble := look(values)) is not None
    ]
    if "email" in values and (trouble := _email(values, trial=trial)) is not None:
        found.append(trouble)
    trouble = id_type(values) if "id_type" in values else None
    if trouble is None and "id_number" in values:
        trouble = id_number(values, today)
    if trouble is not None:
        found.append(trouble)
    order = [column.field for column in COLUMNS]
    return sorted(found, key=lambda trouble: order.index(trouble.field))


def _name(values: dict[str, str]) -> Trouble | None:
    """A name: letters of any script, with the marks that names hold; blanks between 汉字 are taken out."""
    name = " ".join(unicodedata.normalize("NFC", values["name"]).split())
    if re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003ffff ]+", name):
        name = name.replace(" ", "")
    values["name"] = name
    if not name:
        return Trouble("name_missing", "name")
    if not NAME.fullmatch(name):
        return Trouble("name_characters", "name")
    return Trouble("name_too_short", "name") if len(name) < SHORTEST_NAME else None


def _mobile(values: dict[str, str]) -> Trouble | None:
    """A mobile number."""
    text = unicodedata.normalize("NFKC", values["mobile"])
    if not text:
        return Trouble("mobile_missing", "mobile")
    if (number := contacts.mobile(text)) is not None:
        values["mobile"] = number
        return None
    if re.fullmatch(r"[0-9.]+[eE]\+?[0-9]+", text):
        return Trouble("mobile_rounded", "mobile")
    parts = [part for part in SEVERAL.split(text) if part]
    if len(parts) > 1 and all(contacts.mobile(part) or LANDLINE.fullmatch(part) for part in parts):
        return Trouble("mobile_several", "mobile")
    return Trouble("mobile_is_landline" if LANDLINE.fullmatch(text) else "not_a_mobile", "mobile")


def _email(values: dict[str, str], *, trial: bool) -> Trouble | None:
    """An address for letters."""
    text = unicodedata.normalize("NFKC", values["email"])
    if not text:
        return Trouble("email_missing", "email")
    if text.count("@") > 1:
        return Trouble("email_several", "email")
    address = contacts.email(text, trial=trial)
    if address is None:
        return Trouble("not_an_email", "email")
    values["email"] = address
    return None


def _employer(values: dict[str, str]) -> Trouble | None:
    """An employer's name or code; whether there is one like it is judged against the system."""
    return None if values["employer"] else Trouble("employer_missing", "employer")
