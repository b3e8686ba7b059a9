"""The way up: servers, migrations, everything else side by side, the demo world; and down again."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Collection
from typing import TypeVar

from rich.console import Console

from cli import migrations
from cli.local import logs, parts, servers, welcome
from cli.local.birth import Nursery
from cli.local.environment import Installation
from cli.local.ports import LOOPBACK
from cli.local.program import Program
from cli.local.programs import nursery, once, platform
from cli.local.progress import Progress
from cli.local.strays import sweep
from cli.local.supervisor import Supervisor
from cli.local.tether import adopt_orphans

# How often large logs are put away and strays ended.
TIDY_SECONDS = 3.0
# How long the processes wait for the nursery to have loaded; after that each loads everything by itself.
NURSERY_SECONDS = 20.0
DEMO_ATTEMPTS = 3

_Result = TypeVar("_Result")


class StartFailedError(Exception):
    """The platform did not come up; the message says what to do."""


class Runner:
    """One run of a local installation, from its start to its stop."""

    def __init__(self, installation: Installation, console: Console, only: Collection[str] = ()) -> None:
        self._only = only
        self._installation = installation
        self._console = console
        self._progress = Progress(console)
        self._stop = asyncio.Event()
        self._guests: set[int] = set()
        places = installation.places
        self._nursery = Nursery(places.door_folder / "nursery") if Nursery.is_possible() else None
        self._supervisor = Supervisor(places.door, places.logs / "supervisor.log", self._nursery)

    async def run(self) -> int:
        """Starts everything, waits for Ctrl-C or SIGTERM, stops everything; 0 unless the start failed."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._on_signal)
        adopt_orphans()
        await self._supervisor.open()
        work = [asyncio.create_task(self._start()), asyncio.create_task(self._tidy())]
        stop = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait([work[0], stop], return_when=asyncio.FIRST_COMPLETED)
            if work[0].done():
                work[0].result()
            await stop
        except StartFailedError as failure:
            self._console.print(f"[bold red]The start failed.[/] {failure}", highlight=False)
            return 1
        finally:
            for task in (*work, stop):
                task.cancel()
            await self._close()
        return 0

    def _on_signal(self) -> None:
        if self._stop.is_set():
            self._supervisor.hurry()
        self._stop.set()

    async def _close(self) -> None:
        with self._progress.step("Stopping (once more Ctrl-C: at once)"):
            await self._supervisor.close()

    async def _start(self) -> None:
        with self._progress.step("PostgreSQL and Valkey"):
            if self._nursery is not None:
                await self._supervisor.start([nursery(self._installation, self._nursery.address)])
            await self._supervisor.start(await asyncio.to_thread(self._told, servers.prepared))
            await asyncio.to_thread(self._told, servers.wait_and_furnish)
        await self._migrate()
        with self._progress.step("Services, events, workers"):
            await self._wait_for_nursery()
            await self._supervisor.start(self._wanted())
            readiness = await self._until(lambda state: state.ready or state.lacks_only_demo or bool(self._only))
        if not readiness.ready and not self._only:
            with self._progress.step("Demo world"):
                await self._make_demo()
                await self._until(lambda state: state.ready)
        welcome.say(self._console, self._installation)

    def _wanted(self) -> list[Program]:
        """The programs that were asked for."""
        return [program for program in platform(self._installation) if not self._only or program.name in self._only]

    def _told(self, step: Callable[[Installation], _Result]) -> _Result:
        try:
            return step(self._installation)
        except (OSError, RuntimeError, LookupError) as failure:
            raise StartFailedError(str(failure)) from failure

    async def _migrate(self) -> None:
        if not await asyncio.to_thread(migrations.pending, self._installation.all()):
            return
        with self._progress.step("Migrations"):
            program = once(self._installation, "cli.migrations", "migrations")
            if await self._finish(program):
                raise StartFailedError(f"Migrations ended with an error ({program.log}):\n{logs.tail(program.log)}")

    async def _make_demo(self) -> None:
        program = once(self._installation, "cli.demo.world", "demo-world")
        for _ in range(DEMO_ATTEMPTS):
            if not await self._finish(program):
                return
        self._progress.warn(f"The demo world is not complete ({program.log}):\n{logs.tail(program.log)}")

    async def _finish(self, program: Program) -> int:
        """Runs a program to its end and returns its exit code."""
        process = await asyncio.create_subprocess_exec(*program.order, env=program.environment, cwd=program.folder)
        self._guests.add(process.pid)
        try:
            return await process.wait()
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            raise
        finally:
            self._guests.discard(process.pid)

    async def _wait_for_nursery(self) -> None:
        until = time.monotonic() + NURSERY_SECONDS
        while self._nursery is not None and not self._nursery.is_open() and time.monotonic() < until:
            self._progress.note("waiting for what they share")
            await asyncio.sleep(0.05)

    async def _until(self, enough: Callable[[parts.Readiness], bool]) -> parts.Readiness:
        """Asks the gateway until the answer is enough, and says meanwhile what is missing and what dies."""
        host = self._installation.host if not self._installation.is_loopback else LOOPBACK
        while True:
            readiness = await asyncio.to_thread(parts.ask, host, self._installation.port)
            if enough(readiness):
                return readiness
            self._progress.note(f"waiting for {readiness}")
            for name in self._supervisor.struggling():
                log = self._installation.places.logs / f"{name}.log"
                self._progress.warn(f"{name} dies again and again ({log}):\n{logs.tail(log)}")
            await asyncio.sleep(0.2)

    async def _tidy(self) -> None:
        suspects: set[int] = set()
        mark = self._installation.places.mark
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            suspects = sweep(mark, self._supervisor.known() | self._guests, suspects)
            await asyncio.to_thread(logs.rotate, self._installation.places.logs)
