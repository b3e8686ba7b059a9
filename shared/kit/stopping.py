"""Ends tasks, also where a cancellation is swallowed on the way."""

import asyncio
from collections.abc import Iterable

TOLD_AGAIN = 0.5


async def end(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel tasks until they have ended.

    Once is not enough: where an answer comes at the same moment, asyncio.wait_for swallows a cancellation before
    Python 3.12 (python/cpython#86296), and psycopg waits by it.
    """
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _ended, left = await asyncio.wait(left, timeout=TOLD_AGAIN)
