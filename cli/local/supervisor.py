"""Keeps programs running: circus inside this process, without its signal handlers and its pipes."""

import asyncio
import logging
import os
import shlex
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import zmq
from circus.arbiter import Arbiter
from circus.controller import Controller
from circus.exc import ConflictError
from circus.watcher import Watcher
from tornado.ioloop import IOLoop

from cli.local.patience import Patience
from cli.local.program import Program

# How often the dead are looked for. A program that was killed is back within this time and its own start.
CHECK_SECONDS = 0.25


class _NoSignals:
    """Stands for circus' signal handlers: signals belong to the runner."""

    def stop(self) -> None:
        """Nothing was installed, nothing is put back."""


class _Controller(Controller):  # type: ignore[misc] # circus carries no types
    def _init_syshandler(self) -> None:
        self.sys_hdl = _NoSignals()


class _Arbiter(Arbiter):  # type: ignore[misc] # circus carries no types
    """Circus' arbiter with another way to look after the dead.

    Circus waits for any child, and so takes its end away from who started it; and while it stops one program it
    brings no other back.
    """

    def __init__(self, door: str, patience: Patience) -> None:
        # No delay: circus' own look after the dead is off.
        super().__init__([], door, f"{door}-events", check_delay=-1, loop=IOLoop.current(), proc_name="juxian")
        self._owed: Counter[str] = Counter()
        self._patience = patience

    def _init_context(self, context: object) -> None:
        self.context = context or zmq.Context.instance()
        self._ensure_ioloop()
        self.ctrl = _Controller(self.endpoint, None, self.context, self.loop, self, self.check_delay)

    def bring_back(self) -> None:
        """Buries the dead, and starts a process for each. One that cannot be started is tried again next time."""
        for watcher in self.watchers:
            if watcher.is_stopped() or watcher.is_stopping():
                continue
            self._bury(watcher)
            while self._owed[watcher.name] and len(watcher.processes) < watcher.numprocesses:
                if watcher.spawn_process() is False:
                    break
                self._owed[watcher.name] -= 1
            if len(watcher.processes) >= watcher.numprocesses:
                del self._owed[watcher.name]

    def _bury(self, watcher: Watcher) -> None:
        for pid, process in list(watcher.processes.items()):
            # Circus is about to stop it, and does not like to find it gone.
            if process.stopping:
                continue
            try:
                ended, status = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:  # it was waited for already
                ended, status = pid, 0
            if ended:
                age, exit_code = time.time() - process.started, os.waitstatus_to_exitcode(status)
                wait = self._patience.after(watcher.name, age, exit_code)
                # The tether of the next one reads it, and waits.
                watcher.env["JUXIAN_TETHER_WAIT"] = str(wait)
                watcher.reap_process(pid, status)
                self._owed[watcher.name] += 1


class Supervisor:
    """Starts programs, brings back at once what dies, and stops everything in order.

    Used within a running event loop, in the main thread: the kernel ties programs to the thread that
    started them.
    `door` is where `juxian status` and `juxian workers` knock (a ZeroMQ address).
    """

    def __init__(self, door: str, log: Path) -> None:
        self._log = _circus_log(log)
        self._patience = Patience()
        self._arbiter = _Arbiter(door, self._patience)
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
        watchers = [await self._alone(partial(self._added, each)) for each in programs]
        await asyncio.gather(*(watcher._start() for watcher in watchers))  # noqa: SLF001 - start() bars all others

    def _added(self, program: Program) -> Watcher:
        command, *words = program.order
        hooks: dict[str, tuple[Callable[..., bool], bool]] = {}
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
            max_retry=1,
            warmup_delay=0,
            hooks=hooks,
        )

    async def drop(self, names: Iterable[str]) -> None:
        """Stops programs and forgets them."""
        for name in names:
            await self._alone(partial(self._arbiter.rm_watcher, name))

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
        if self._look is not None:
            self._look.cancel()
        await self._alone(self._arbiter.stop)
        # Circus closes its sockets in the loop's next round.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        logging.getLogger("circus").removeHandler(self._log)
        self._log.close()

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


def _circus_log(log: Path) -> logging.Handler:
    handler = RotatingFileHandler(log, maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    circus = logging.getLogger("circus")
    circus.addHandler(handler)
    circus.setLevel(logging.INFO)
    circus.propagate = False
    return handler
