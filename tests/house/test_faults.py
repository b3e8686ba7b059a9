"""Wherever a process may be killed some test kills it, and docs/reliability.md tells of each failure."""

import re

from shared.kit.faultpoints import POINTS
from tests.house.sources import ROOT, modules

FAILURES = 48
ROW = re.compile(r"^\| (F\d+) \|(.*)\|(.*)\|$", re.MULTILINE)


def test_every_fault_point_is_one_where_a_test_kills() -> None:
    kills = [path.read_text(encoding="utf-8") for path in modules("tests") if "house" not in path.parts]
    killing = "\n".join(text for text in kills if "-signal.SIGKILL" in text)

    assert [point for point in POINTS if f'"{point}"' not in killing] == []


def test_every_failure_has_its_row_and_what_was_seen_of_it() -> None:
    rows = ROW.findall((ROOT / "docs/reliability.md").read_text(encoding="utf-8"))

    assert [name for name, _, _ in rows] == [f"F{number}" for number in range(1, FAILURES + 1)]
    assert [name for name, _, seen in rows if not re.search(r"`[\w/.-]+`|by hand|not tried", seen)] == []
