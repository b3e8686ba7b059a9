"""The columns of a list, by whatever heading people give them, in any order."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from services.auth.rules.people.table import Cell, Table
from services.auth.rules.people.troubles import Trouble
from shared.contracts.texts import _

SEARCHED = 10
"""Rows at the top among which the headings may stand: lists often begin with a title."""
ENOUGH = 2
"""So many known headings make a row the row of headings."""
MOST_COLUMNS = 50


class Column(NamedTuple):
    """A column: its field, its heading in the template, and other headings that mean the same."""

    field: str
    heading: str
    names: frozenset[str]
    is_required: bool = True


COLUMNS = (
    Column("name", _("姓名"), frozenset({"姓名", "人员姓名", "name", "fullname"})),
    Column(
        "id_number", _("身份证件号码"),
        frozenset({
            "身份证件号码", "身份证号", "身份证号码", "身份证", "证件号码", "证件号", "公民身份号码", "idnumber",
            "idno", "identitynumber",
        }),
    ),
    Column("mobile", _("移动电话"), frozenset({
        "移动电话", "手机", "手机号", "手机号码", "联系电话", "电话", "mobile", "mobilephone", "phone",
    })),
    Column("email", _("电子邮箱"), frozenset({
        "电子邮箱", "邮箱", "电子邮件", "邮箱地址", "email", "mail", "emailaddress",
    })),
    Column("employer", _("所在单位"), frozenset({
        "所在单位", "单位", "工作单位", "单位名称", "用人单位", "所属单位", "employer", "organization", "company",
        "统一社会信用代码",
    })),
    Column("id_type", _("证件类型"), frozenset({"证件类型", "身份证件类型", "证件种类", "idtype"}), is_required=False),
)  # fmt: skip
IGNORED = frozenset({"序号", "编号", "no", "备注", "remark", "remarks"})
"""Columns that lists often have beside: they are passed over."""


class Heading(NamedTuple):
    """Where the headings stand, and which column holds which field."""

    row: int
    places: Mapping[str, int]
    width: int
    """How many columns have a heading, the last one's place."""


def field_of(text: str) -> str | None:
    """The field whose heading a text is, if any."""
    return _field(_folded(text))


def columns_of(table: Table) -> tuple[Heading | None, list[Trouble]]:
    """Find the row of headings; the troubles that make the whole file unusable where there are any."""
    for number, cells in table.rows[:SEARCHED]:
        names = [_folded(cell) for cell in cells]
        fields = [_field(name) for name in names]
        if len({field for field in fields if field}) >= ENOUGH:
            troubles = _troubles(names, fields, cells)
            return (None, troubles) if troubles else (Heading(number, _places(fields), _width(names)), [])
    return None, [Trouble("headings_missing", "file", (("columns", _all_headings()),))]


def _troubles(names: Sequence[str], fields: Sequence[str | None], cells: Sequence[Cell]) -> list[Trouble]:
    """What is wrong with a row of headings."""
    found = []
    for column in COLUMNS:
        if column.is_required and column.field not in fields:
            found.append(Trouble("column_missing", "file", (("column", column.heading),)))
        if fields.count(column.field) > 1:
            found.append(Trouble("column_twice", "file", (("column", column.heading),)))
    for name, field, cell in zip(names, fields, cells, strict=True):
        if name and field is None and name not in IGNORED:
            found.append(Trouble("column_unknown", "file", (("column", str(cell).strip()[:40]),)))
    if len(names) > MOST_COLUMNS:
        found.append(Trouble("too_many_columns", "file", (("maximum", MOST_COLUMNS),)))
    return found


def _places(fields: Sequence[str | None]) -> dict[str, int]:
    """Which place holds which field."""
    return {field: place for place, field in enumerate(fields) if field}


def _width(names: Sequence[str]) -> int:
    """How far headings reach."""
    return max((place + 1 for place, name in enumerate(names) if name), default=0)


def _field(name: str) -> str | None:
    """The field of a heading."""
    return next((column.field for column in COLUMNS if name in column.names), None)


def _folded(cell: Cell) -> str:
    """A heading as it is compared: without blanks, stars, hyphens and remarks in brackets, in lower case."""
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    text = unicodedata.normalize("NFKC", cell).casefold().partition("(")[0]
    return "".join(sign for sign in text if sign.isalnum())


def _all_headings() -> str:
    """The headings that a list must have."""
    return "、".join(column.heading for column in COLUMNS if column.is_required)
