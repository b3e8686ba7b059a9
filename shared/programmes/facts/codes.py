"""Code lists: each a small file with its source and date, read when it is first wanted."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from shared.programmes.shape.words import Choice, Words

_LISTS = Path(__file__).parent / "lists"


class CodeList(NamedTuple):
    """A list of codes, in the order of its standard."""

    source: str
    date: str
    choices: tuple[Choice, ...]


@cache
def code_list(name: str) -> CodeList:
    """The list in `lists/<name>.csv`: lines `# source:` and `# date:`, then value, zh, en."""
    lines = (_LISTS / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    said = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    rows = csv.DictReader(line for line in lines if not line.startswith("# "))
    choices = tuple(Choice(row["value"], Words(row["zh"], row["en"])) for row in rows)
    return CodeList(said["source"], said["date"], choices)


def genders() -> tuple[Choice, ...]:
    """GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated."""
    return code_list("genders").choices


def ethnicities() -> tuple[Choice, ...]:
    """GB/T 3304: 56, then 97 其他 and 98 外国血统中国籍人士."""
    return code_list("ethnicities").choices


def political_statuses() -> tuple[Choice, ...]:
    """GB/T 4762: 13."""
    return code_list("political_statuses").choices


def education_levels() -> tuple[Choice, ...]:
    """GB/T 4658: two digits, of which those that end in 0 are the classes."""
    return code_list("education_levels").choices


def degrees() -> tuple[Choice, ...]:
    """GB/T 6864: the four classes (one digit), their degrees (three digits), and 0 for none."""
    return code_list("degrees").choices


def title_levels() -> tuple[Choice, ...]:
    """GB/T 12407: the levels of professional titles, 410 to 499."""
    return code_list("title_levels").choices


def title_series() -> tuple[Choice, ...]:
    """GB/T 8561: the series of professional titles."""
    return code_list("title_series").choices


def countries() -> tuple[Choice, ...]:
    """ISO 3166-1 alpha-3 with the Chinese names of GB/T 2659."""
    return code_list("countries").choices


def id_types() -> tuple[Choice, ...]:
    """Kinds of identity documents, in our own words."""
    return code_list("id_types").choices
