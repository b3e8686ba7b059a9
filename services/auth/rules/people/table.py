"""A list as it was read from a file: cells by row, still as the file holds them."""

from datetime import date, time, timedelta
from enum import Enum
from typing import NamedTuple


class Odd(Enum):
    """A cell whose value is not what somebody typed."""

    FORMULA = "formula"
    ERROR = "error"


Cell = str | float | int | bool | date | time | timedelta | Odd | None


class Table(NamedTuple):
    """The rows of a file's first sheet with their numbers, which count from 1 as spreadsheets show them."""

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
