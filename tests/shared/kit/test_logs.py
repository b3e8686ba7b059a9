"""Logs hold nothing personal."""

import pytest

from shared.kit.logs import scrub


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"event": "saved 371402198805123426 now"}, {"event": "saved … now"}),
        ({"event": "call 13853401234"}, {"event": "call …"}),
        ({"password": "Luhe", "event": "x"}, {"password": "…", "event": "x"}),
        (
            {"exception": "CheckViolation\nDETAIL: Failing row contains (张伟, 7).\nmore"},
            {"exception": "CheckViolation\nDETAIL: …\nmore"},
        ),
        ({"event": "order 12345678901234567890 stays"}, {"event": "order 12345678901234567890 stays"}),
        ({"count": 13853401234}, {"count": 13853401234}),
    ],
)
def test_what_is_personal_is_taken_out_and_the_rest_stays(
    entry: dict[str, object], expected: dict[str, object]
) -> None:
    assert scrub(None, "info", entry) == expected
