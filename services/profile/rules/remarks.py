"""The law of remarks: when the place that a remark is pinned to was changed since the return."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from shared.programmes.shape import Difference


def ticked(
    remarks: Sequence[Mapping[str, Any]], changes: Sequence[Difference], scans: Collection[str]
) -> list[dict[str, Any]]:
    """The remarks of a return, each with whether its place differs from the version that was returned.

    `changes` leads from that version to the draft, `scans` are those that the draft names.
    """
    return [{**remark, "addressed": is_addressed(remark, changes, scans)} for remark in remarks]


def is_addressed(remark: Mapping[str, Any], changes: Sequence[Difference], scans: Collection[str]) -> bool:
    """Whether its field, entry or section was changed; of a remark on a scan alone, whether the scan is named no more.

    An entry that is gone settles every remark on its fields, and a remark on the whole is settled by any change.
    """
    if remark["section"] is None and remark["scan"] is not None:
        return remark["scan"] not in scans
    return any(_touches(change, remark) for change in changes)


def _touches(change: Difference, remark: Mapping[str, Any]) -> bool:
    """Whether a change lies where the remark is pinned."""
    pinned = ((change.section, remark["section"]), (change.entry_id, remark["entry"]))
    if any(wanted is not None and place != wanted for place, wanted in pinned):
        return False
    return remark["field"] is None or change.field in {None, remark["field"]}
