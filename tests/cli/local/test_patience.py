"""How long a program waits before it is started again."""

import pytest

from cli.local.patience import Patience


@pytest.mark.parametrize(
    ("failures", "wait"), [(1, 0.0), (2, 0.5), (3, 1.0), (4, 2.0), (5, 4.0), (6, 8.0), (7, 10.0), (60, 10.0)]
)
def test_the_wait_grows_with_each_start_that_fails(failures: int, wait: float) -> None:
    patience = Patience()
    waits = [patience.after("auth", 1.0, 1) for _ in range(failures)]
    assert waits[-1] == wait


def test_a_program_that_was_killed_never_waits() -> None:
    patience = Patience()
    assert {patience.after("auth", 0.1, -9) for _ in range(10)} == {0.0}
    assert patience.newly_struggling() == []


def test_a_long_life_is_a_new_beginning() -> None:
    patience = Patience()
    for _ in range(5):
        patience.after("auth", 1.0, 1)
    assert patience.after("auth", 3600.0, 1) == 0.0
    assert patience.after("auth", 1.0, 1) == 0.0


def test_programs_do_not_wait_for_one_another() -> None:
    patience = Patience()
    patience.after("auth", 1.0, 1)
    assert patience.after("review", 1.0, 1) == 0.0
