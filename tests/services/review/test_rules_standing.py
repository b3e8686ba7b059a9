"""Where a case stands next: a table of states and what happens in them, and a machine that tries everything."""

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.review.rules import Applied, Decided, Filed, Happening, OutOfStep, Standing, Withdrawn, after
from tests.services.review.stories import steps

ROUTE = steps()
FIRST = Standing("in_review", 1, 1, 0, ROUTE)
SECOND = replace(FIRST, position=1)
LAST = replace(FIRST, position=4)
RETURNED, APPROVED = replace(SECOND, state="returned"), replace(LAST, state="approved")
TAKEN_BACK = replace(FIRST, state="withdrawn")


@pytest.mark.parametrize(
    ("standing", "happening", "then"),
    [
        (None, Filed(1, 1, ROUTE), FIRST),
        (FIRST, Filed(1, 1, ROUTE), FIRST),
        (FIRST, Filed(1, 2, ROUTE), replace(FIRST, version=2)),
        (replace(FIRST, version=2), Filed(1, 1, ROUTE), replace(FIRST, version=2)),
        (RETURNED, Filed(2, 2, ROUTE), Standing("in_review", 2, 2, 0, ROUTE)),
        (TAKEN_BACK, Filed(2, 2, ROUTE), Standing("in_review", 2, 2, 0, ROUTE)),
        (FIRST, Filed(2, 2, ROUTE), Standing("in_review", 2, 2, 0, ROUTE)),
        (SECOND, Filed(1, 2, ROUTE), OutOfStep),
        (SECOND, Filed(2, 2, ROUTE), OutOfStep),
        (RETURNED, Filed(1, 2, ROUTE), OutOfStep),
        (APPROVED, Filed(2, 2, ROUTE), OutOfStep),
        (None, Withdrawn(1, 1, ROUTE[0]), replace(TAKEN_BACK, route=ROUTE[:1])),
        (replace(TAKEN_BACK, route=ROUTE[:1]), Filed(1, 1, ROUTE), TAKEN_BACK),
        (FIRST, Withdrawn(1, 1, ROUTE[0]), TAKEN_BACK),
        (FIRST, Withdrawn(1, 2, ROUTE[0]), replace(TAKEN_BACK, version=2, route=ROUTE[:1])),
        (TAKEN_BACK, Withdrawn(1, 1, ROUTE[0]), TAKEN_BACK),
        (replace(FIRST, version=2), Withdrawn(1, 1, ROUTE[0]), replace(FIRST, version=2)),
        (SECOND, Withdrawn(1, 1, ROUTE[0]), OutOfStep),
        (APPROVED, Withdrawn(1, 1, ROUTE[0]), OutOfStep),
        (FIRST, Decided("approve"), SECOND),
        (LAST, Decided("approve"), APPROVED),
        (SECOND, Decided("return"), RETURNED),
        (APPROVED, Decided("return"), replace(APPROVED, state="returned")),
        (APPROVED, Decided("approve"), OutOfStep),
        (RETURNED, Decided("approve"), OutOfStep),
        (None, Decided("approve"), OutOfStep),
        (APPROVED, Applied(1, 2), replace(APPROVED, version=2)),
        (replace(APPROVED, version=3), Applied(1, 2), replace(APPROVED, version=3)),
        (FIRST, Applied(1, 2), OutOfStep),
        (APPROVED, Applied(2, 2), OutOfStep),
        (None, Applied(1, 2), OutOfStep),
    ],
)
def test_what_follows_what(standing: Standing | None, happening: Happening, then: Standing | type[OutOfStep]) -> None:
    if isinstance(then, Standing):
        assert after(standing, happening) == then
    else:
        with pytest.raises(then):
            after(standing, happening)


class Submission(RuleBasedStateMachine):
    """An applicant and the tiers, each doing what profile and review let them do."""

    @initialize(tiers=st.integers(1, 5))
    def file_first(self, tiers: int) -> None:
        self.route = ROUTE[-tiers:]
        self.version, self.round, self.approvals = 1, 1, 0
        self.standing = after(None, Filed(1, 1, self.route))

    @precondition(lambda self: self.standing.is_undecided)
    @rule()
    def file_again(self) -> None:
        self.version += 1
        self.standing = after(self.standing, Filed(self.round, self.version, self.route))

    @precondition(lambda self: self.standing.is_undecided)
    @rule()
    def withdraw(self) -> None:
        self.standing = after(self.standing, Withdrawn(self.round, self.version, self.route[0]))
        assert self.standing.state == "withdrawn"

    @precondition(lambda self: self.standing.state in {"withdrawn", "returned"})
    @rule()
    def file_a_new_round(self) -> None:
        self.round, self.version, self.approvals = self.round + 1, self.version + 1, 0
        self.standing = after(self.standing, Filed(self.round, self.version, self.route))
        assert self.standing == Standing("in_review", self.round, self.version, 0, self.route)

    @precondition(lambda self: self.standing.state == "in_review")
    @rule(decision=st.sampled_from(["approve", "approve", "return"]))
    def decide(self, decision: Literal["approve", "return"]) -> None:
        self.approvals += decision == "approve"
        self.standing = after(self.standing, Decided(decision))

    @precondition(lambda self: self.standing.state == "approved")
    @rule()
    def reopen(self) -> None:
        self.standing = after(self.standing, Decided("return"))

    @precondition(lambda self: self.standing.state == "approved")
    @rule()
    def apply_a_change(self) -> None:
        self.version += 1
        self.standing = after(self.standing, Applied(self.round, self.version))
        assert self.standing.state == "approved"

    @precondition(lambda self: self.version > 1)
    @rule(back=st.integers(1, 3))
    def hear_something_old_again(self, back: int) -> None:
        old = max(self.version - back, 1)
        assert old == self.version or after(self.standing, Filed(1, old, self.route)) == self.standing

    @invariant()
    def nothing_is_skipped(self) -> None:
        assert (self.standing.version, self.standing.round) == (self.version, self.round)
        assert 0 <= self.standing.position < len(self.route)
        if self.standing.state == "approved":
            assert self.approvals == len(self.route)
        if self.standing.state == "in_review":
            assert self.standing.position == self.approvals


TestSubmission = Submission.TestCase
