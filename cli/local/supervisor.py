"""Keeps programs running: circus inside this process, without its signal handlers and its pipes."""

import asyncio
import logging
import os
import shlex
from collections.abc import Awaitable, Callable, Iterable, Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from circus.arbiter import Arbiter
from circus.controller import Controller
from circus.exc import ConflictError
from circus.watcher import Watcher
from tornado.ioloop import IOLoop

from cli.local.patience import Patience
from cli.local.program import Program

# How often circus looks for the dead. A program that was killed is back within this time and its own start.
CHECK_SECONDS = 0.25


class _NoSignals:
    """Stands for circus' signal handlers: signals belong to the runner."""

    def stop(self) -> None:
        """Nothing was installed, nothing is put back."""


class _Controller(Controller):  # type: ignore[misc] # circus carries no types
    def _init_syshandler(self) -> None:
        self.sys_hdl = _NoSignals()


class _Arbiter(Arbiter):  # type: ignore[misc] # circus carries no types
    """Circus' arbiter, that leaves alone what it has not started."""

    def _init_context(self, context: object) -> None:
        super()._init_context(context)
        self.ctrl = _Controller(self.endpoint, None, self.context, self.loop, self, self.check_delay)

    def reap_processes(self) -> None:
        """Collects the dead among its own: circus would take any child's end away from who waits for it."""
        for watcher in self.iter_watchers():
            for pid in list(watcher.processes):
                try:
                    ended, status = os.waitpid(pid, os.WNOHANG)
                except ChildProcessError:
                    watcher.processes.pop(pid, None)
                    continue
                if ended:
                    watcher.reap_process(pid, status)


class Supervisor:
    """Starts programs, brings back at once what dies, and stops everything in order.

    Used within a running event loop, in the main thread: the kernel ties programs to the thread that
    started them.
    `door` is where `juxian status` and `juxian workers` knock (a ZeroMQ address).
    """

    def __init__(self, door: str, log: Path) -> None:
        _write_circus_log(log)
        self._patience = Patience()
        self._arbiter = _Arbiter(
            [], door, f"{door}-events", check_delay=CHECK_SECONDS, loop=IOLoop.current(), proc_name="juxian"
        )

    async def open(self) -> None:
        """Begins to look after programs, none yet."""
        await self._arbiter.start()

    async def start(self, programs: Iterable[Program]) -> None:
        """Starts programs side by side; returns when each has a process, before any is ready."""
        watchers = [await self._alone(lambda each=each: self._added(each)) for each in programs]
        await asyncio.gather(*(watcher._start() for watcher in watchers))  # noqa: SLF001 - start() bars all others

    def _added(self, program: Program) -> Watcher:
        command, *words = program.order
        hooks: dict[str, tuple[Callable[..., bool], bool]] = {"before_reap": (self._patience.on_death, True)}
        if program.before is not None:
            hooks["before_spawn"] = (_ignoring_arguments(program.before), True)
        return self._arbiter.add_watcher(
            program.name,
            shlex.quote(command),
            args=words,
            env=dict(program.environment),
            working_dir=str(program.folder),
            stop_signal=program.stop_signal,
            graceful_timeout=program.grace,
            # Servers stop last.
            priority=1 if program.is_server else 0,
            singleton=not program.name.startswith("worker-"),
            max_retry=-1,
            warmup_delay=0,
            hooks=hooks,
        )

    async def drop(self, names: Iterable[str]) -> None:
        """Stops programs and forgets them."""
        for name in names:
            await self._alone(lambda name=name: self._arbiter.rm_watcher(name))

    def pids(self) -> Mapping[str, list[int]]:
        """The process ids of each program that runs now."""
        return {watcher.name: watcher.get_active_pids() for watcher in self._arbiter.watchers}

    def struggling(self) -> list[str]:
        """The programs that have died right after their start several times in a row; each is told once."""
        return self._patience.newly_struggling()

    def hurry(self) -> None:
        """From now on a stop waits for nobody."""
        for watcher in self._arbiter.watchers:
            watcher.graceful_timeout = 0.1

    async def close(self) -> None:
        """Stops everything, the servers last; then looks after nothing."""
        for priority in (0, 1):
            ending = [watcher for watcher in self._arbiter.watchers if watcher.priority == priority]
            await asyncio.gather(*(watcher._stop() for watcher in ending))  # noqa: SLF001 - stop() bars all others
        await self._alone(self._arbiter.stop)
        # Circus closes its sockets in the loop's next round.
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    @staticmethod
    async def _alone(command: Callable[[], Any]) -> Any:  # noqa: ANN401 - circus carries no types
        """Runs one of circus' exclusive commands as soon as no other is under way."""
        while True:
            try:
                result = command()
                return await result if isinstance(result, Awaitable) else result
            except ConflictError:
                await asyncio.sleep(0.02)


def _ignoring_arguments(action: Callable[[], None]) -> Callable[..., bool]:
    def hook(**_: object) -> bool:
        action()
        return True

    return hook


def _write_circus_log(log: Path) -> None:
    handler = RotatingFileHandler(log, maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    circus = logging.getLogger("circus")
    for old in circus.handlers[:]:
        circus.removeHandler(old)
    circus.addHandler(handler)
    circus.setLevel(logging.INFO)
    circus.propagate = False
