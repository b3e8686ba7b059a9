"""Which span binds one person: an own one gives time, and takes none away."""

from datetime import UTC, datetime

import pytest

from services.profile.rules.filing import Span, binding

JAN, FEB, MAR, APR = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3, 4))
NOW = datetime(2026, 2, 15, tzinfo=UTC)
ALL, OVER, OPEN, COMING = Span(None, None), Span(JAN, FEB), Span(FEB, MAR), Span(MAR, APR)
LONGER = Span(JAN, APR)


@pytest.mark.parametrize(
    ("window", "own", "bound"),
    [
        (None, None, None), (None, OVER, None), (OPEN, None, OPEN), (OVER, OPEN, OPEN), (OPEN, OVER, OPEN),
        (OPEN, LONGER, LONGER), (LONGER, OPEN, LONGER), (OVER, COMING, COMING), (COMING, OVER, COMING),
        (OPEN, ALL, ALL), (OPEN, OPEN, OPEN),
    ],
)  # fmt: skip
def test_the_span_that_gives_more_time_binds(window: Span | None, own: Span | None, bound: Span | None) -> None:
    assert binding(window, own, NOW) == bound


def test_a_span_is_coming_open_or_over() -> None:
    assert [span.state(NOW) for span in (COMING, OPEN, OVER, ALL)] == ["coming", "open", "over", "open"]
