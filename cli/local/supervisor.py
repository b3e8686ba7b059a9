"""Keeps programs running: circus inside this process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from circus.exc import ConflictError

from cli.local.arbiter import ProgramArbiter, ProgramWatcher
from cli.local.birth import Nursery
from cli.local.program import Program

# How often the dead are looked for. A program that was killed is back within this time and its own start.
CHECK_SECONDS = 0.25


class Supervisor:
    """Starts programs, brings back at once what dies, and stops everything in order.

    Used within a running event loop, in the main thread: the kernel ties programs to the thread that
    started them. `door` is where `juxian status` and `juxian workers` knock (a ZeroMQ address); `nursery` is
    where programs are born that can be.
    """

    def __init__(self, door: str, log: Path, nursery: Nursery | None = None) -> None:
        self._log = _circus_log(log)
        self._nursery = nursery
        self._arbiter = ProgramArbiter(door)
        self._look: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begins to look after programs, none yet."""
        await self._arbiter.start()
        self._look = asyncio.create_task(self._look_after())

    async def _look_after(self) -> None:
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            self._arbiter.bring_back()

    async def start(self, programs: Iterable[Program]) -> None:
        """Starts programs side by side; returns when each has a process, before any is ready."""
        watchers = [self._arbiter.add(each, self._nursery) for each in programs]
        await asyncio.gather(*(watcher._start() for watcher in watchers))  # noqa: SLF001 - start() bars all others

    async def drop(self, names: Iterable[str]) -> None:
        """Stops programs and forgets them."""
        for name in names:
            await self._alone(partial(self._arbiter.rm_watcher, name))

    def pids(self) -> Mapping[str, list[int]]:
        """The process ids of each program that runs now."""
        return {watcher.name: watcher.get_active_pids() for watcher in self._arbiter.watchers}

    def known(self) -> set[int]:
        """Every process id that is looked after here, of the dying too."""
        return {pid for watcher in self._arbiter.watchers for pid in watcher.processes}

    def struggling(self) -> list[str]:
        """The programs that have died right after their start several times in a row; each is told once."""
        return self._arbiter.patience.newly_struggling()

    def hurry(self) -> None:
        """From now on a stop waits for nobody."""
        for watcher in self._arbiter.watchers:
            watcher.graceful_timeout = 0.1

    async def close(self) -> None:
        """Stops everything, the servers last; then looks after nothing."""
        await self._stop(watcher for watcher in self._arbiter.watchers if not watcher.program.is_server)
        await self._stop(self._arbiter.watchers)
        if self._look is not None:
            self._look.cancel()
        await self._alone(self._arbiter.stop)
        # Circus closes its sockets in the loop's next round.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        logging.getLogger("circus").removeHandler(self._log)
        self._log.close()

    @staticmethod
    async def _stop(watchers: Iterable[ProgramWatcher]) -> None:
        await asyncio.gather(*(watcher._stop() for watcher in watchers))  # noqa: SLF001 - stop() bars all others

    @staticmethod
    async def _alone(command: Callable[[], Any]) -> Any:  # noqa: ANN401 - circus carries no types
        """Runs one of circus' exclusive commands as soon as no other is under way."""
        while True:
            try:
                result = command()
                return await result if isinstance(result, Awaitable) else result
            except ConflictError:
                await asyncio.sleep(0.02)


def _circus_log(log: Path) -> logging.Handler:
    handler = RotatingFileHandler(log, maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    circus = logging.getLogger("circus")
    circus.addHandler(handler)
    circus.setLevel(logging.INFO)
    circus.propagate = False
    return handler
