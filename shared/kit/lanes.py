"""Lanes: a queue has an ordinary lane and a slow one; the slow one is served while the ordinary one is empty."""

from typing import NamedTuple

_SLOW = ":slow"
_LAST = 9
_PRIORITY_KEY = "\x06\x16"
"""What kombu's Redis transport puts between a queue's name and a priority; the priority 0 stands alone."""


class Lane(NamedTuple):
    """Where a job's message goes."""

    queue: str
    """The queue that a worker is started for."""
    priority: int
    """Celery's priority; 0 is served first."""
    key: str
    """The list in Redis, without the prefix of the queues."""

    @property
    def is_slow(self) -> bool:
        """Whether it is the slow one of its queue."""
        return self.priority == _LAST


def slow(queue: str) -> str:
    """The slow lane of a queue, as a job's row names it: thousands may wait there and delay nothing else."""
    return queue + _SLOW


def lane_of(name: str) -> Lane:
    """The lane that a job's row names: a queue, or the slow lane of one."""
    queue = name.removesuffix(_SLOW)
    return Lane(queue, 0, queue) if queue == name else Lane(queue, _LAST, f"{queue}{_PRIORITY_KEY}{_LAST}")
