"""In which order tests run, and which of them stay together on one process."""

import pytest
from xdist.scheduler import LoadScopeScheduling

JOURNEYS = "tests/journeys/"


class ByModule(LoadScopeScheduling):  # type: ignore[misc]  # the library carries no types
    """Shares modules out among the processes; the journeys stay together, since they need the whole platform."""

    def _split_scope(self, nodeid: str) -> str:
        """What is kept on one process with this test."""
        return JOURNEYS if nodeid.startswith(JOURNEYS) else nodeid.split("::", 1)[0]


def place(item: pytest.Item) -> tuple[bool, str, int]:
    """Where a test stands among the others: journeys first, each as it is written."""
    path, line, _name = item.location
    is_journey = item.nodeid.startswith(JOURNEYS)
    return (not is_journey, path if is_journey else "", (line or 0) if is_journey else 0)
