"""A gate before work that keeps a processor busy: so much at once, in threads; who waits too long is refused."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from weakref import WeakKeyDictionary

from shared.contracts.refusals import Unavailable

T = TypeVar("T")
AGAIN = 2
"""Seconds after which somebody who was refused may try again."""


class Gate:
    """Lets `width` pieces of work through at once, each in a thread; others wait `patience` seconds, then get 503."""

    def __init__(self, name: str, width: int, patience: float) -> None:
        """Threads are started when they are first needed."""
        self._threads = ThreadPoolExecutor(width, thread_name_prefix=name)
        self._width, self._patience = width, patience
        self._places: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    async def run(self, work: Callable[[], T]) -> T:
        """Do the work once there is room."""
        loop = asyncio.get_running_loop()
        place = self._places.setdefault(loop, asyncio.Semaphore(self._width))
        try:
            async with asyncio.timeout(self._patience):
                await place.acquire()
        except TimeoutError:
            raise Unavailable(retry_after=AGAIN) from None
        try:
            return await loop.run_in_executor(self._threads, work)
        finally:
            place.release()
