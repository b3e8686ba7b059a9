"""Which state of a submission may follow which (law 3 asks here)."""

from collections.abc import Mapping

FOLLOWS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"in_review"}),
    "in_review": frozenset({"in_review", "returned", "approved", "withdrawn"}),
    "returned": frozenset({"in_review"}),
    "approved": frozenset({"returned", "approved"}),
    "withdrawn": frozenset({"in_review"}),
}


def can_follow(old: str, new: str) -> bool:
    """Whether a submission may go from the old state to the new one."""
    return new in FOLLOWS[old]


def is_newer(sequence: int, heard: int, round_: int, present: int) -> bool:
    """Whether a decision heard still moves the state: of the present round, and after every one heard before."""
    return round_ == present and sequence > heard
