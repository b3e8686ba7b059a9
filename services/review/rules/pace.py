"""How long an office usually takes, by its own record (domain, "an honest clock")."""

from collections.abc import Iterable
from datetime import datetime
from math import ceil
from typing import NamedTuple

DAY = 86_400
FEWEST = 5
"""Of fewer cases nothing is said."""


class Usual(NamedTuple):
    """The working days between which the middle half of the decided cases lies."""

    from_days: int
    to_days: int


def tenths_of_days(since: datetime | None, until: datetime) -> int | None:
    """How long a case waited, in tenths of a day; None where nobody knows."""
    return None if since is None else round((until - since).total_seconds() * 10 / DAY)


def usual(waited: Iterable[int]) -> Usual | None:
    """The 25th and the 75th percentile (nearest rank) of the working days that cases waited; None of too few."""
    days = sorted(waited)
    if len(days) < FEWEST:
        return None
    return Usual(*(days[ceil(len(days) * share) - 1] for share in (0.25, 0.75)))
