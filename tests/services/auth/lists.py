"""Lists of people for tests of imports: invented, with valid check digits; as .csv and .xlsx."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from shared.programmes.facts.citizen_id import check_digit
from shared.programmes.facts.documents import fault

HEADINGS = ("姓名", "身份证件号码", "移动电话", "电子邮箱", "所在单位")
EMPLOYER = "河北示范工程设计院"


def id_number(number: int, born: str = "19850312", region: str = "130102") -> str:
    """A citizen's number that checks."""
    body = f"{region}{born}{number:03d}"
    whole = body + check_digit(body)
    assert fault("citizen_id", whole) is None
    return whole


def person(number: int, **said: Any) -> list[Any]:  # noqa: ANN401 - a cell may hold anything
    """A good row: 陈静 and her like."""
    good = {
        "name": "陈静", "id_number": id_number(number), "mobile": f"138311{number:05d}",
        "email": f"chen{number}@demo.juxian.test", "employer": EMPLOYER,
    }  # fmt: skip
    return list((good | said).values())


def as_csv(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8") -> bytes:
    """A list as .csv."""
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode(encoding)


def as_xlsx(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS) -> bytes:
    """A list as .xlsx: texts as texts, numbers as numbers, `=…` as formulas."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([headings, *rows]):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and not cell.startswith("="):
                    sheet.write_string(number, column, cell)
                else:
                    sheet.write(number, column, cell)
    return buffer.getvalue()
