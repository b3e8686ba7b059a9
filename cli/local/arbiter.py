"""Circus, bent to the runner's needs: without its signal handlers, with another way to look after the dead."""

import os
import shlex
import time
from collections import Counter
from collections.abc import Callable

import zmq
from circus.arbiter import Arbiter
from circus.controller import Controller
from circus.process import Process
from circus.watcher import Watcher
from tornado.ioloop import IOLoop

from cli.local.birth import Nursery
from cli.local.patience import Patience
from cli.local.program import Program
from cli.local.tether import WAIT


class _NoSignals:
    """Stands for circus' signal handlers: signals belong to the runner."""

    def stop(self) -> None:
        """Nothing was installed, nothing is put back."""


class _Controller(Controller):  # type: ignore[misc] # circus carries no types
    def _init_syshandler(self) -> None:
        self.sys_hdl = _NoSignals()


class _Process(Process):  # type: ignore[misc] # circus carries no types
    """A process that is born in the nursery where it can be, and else started anew."""

    def spawn(self) -> None:
        newborn = self.watcher.nursery.bear(self.watcher.program, self.env) if self.watcher.nursery else None
        if newborn is None:
            super().spawn()
        else:
            self.started, self._worker = time.time(), newborn


class ProgramWatcher(Watcher):  # type: ignore[misc] # circus carries no types
    """Looks after the processes of one program."""

    def __init__(self, program: Program, nursery: Nursery | None) -> None:
        self.program, self.nursery = program, nursery
        command, *words = program.order
        super().__init__(
            program.name,
            shlex.quote(command),
            args=words,
            env=dict(program.environment),
            working_dir=str(program.folder),
            stop_signal=program.stop_signal,
            graceful_timeout=program.grace,
            singleton=not program.name.startswith("worker-"),
            max_retry=1,
            warmup_delay=0,
            hooks={"before_spawn": (_as_hook(program.before), True)} if program.before else {},
        )

    @property
    def _process_class(self) -> type[_Process]:
        return _Process

    def reap_process(self, pid: int, status: int | None = None) -> None:
        """Takes leave of a process; its handle learns that it has ended, and does not warn of it later."""
        process = self.processes.get(pid)
        super().reap_process(pid, status)
        if process is not None:
            process.poll()

    def bury(self, patience: Patience) -> int:
        """Takes note of the processes that have ended, tells the next one how long to wait, and counts them."""
        ended = 0
        for pid, process in list(self.processes.items()):
            # Circus is about to stop it, and does not like to find it gone.
            if process.stopping or (status := _status_of(pid)) is None:
                continue
            age, exit_code = time.time() - process.started, os.waitstatus_to_exitcode(status)
            self.env[WAIT] = str(patience.after(self.name, age, exit_code))
            self.reap_process(pid, status)
            ended += 1
        return ended


class ProgramArbiter(Arbiter):  # type: ignore[misc] # circus carries no types
    """Circus' arbiter for programs.

    Circus waits for any child, and so takes its end away from who started it; and while it stops one program it
    brings no other back. This one waits for its own, at any time.
    """

    def __init__(self, door: str) -> None:
        # No delay: circus' own look after the dead is off.
        super().__init__([], door, f"{door}-events", check_delay=-1, loop=IOLoop.current(), proc_name="juxian up")
        self.patience = Patience()
        self._owed: Counter[str] = Counter()

    def _init_context(self, context: object) -> None:
        self.context = context or zmq.Context.instance()
        self._ensure_ioloop()
        self.ctrl = _Controller(self.endpoint, None, self.context, self.loop, self, self.check_delay)

    def add(self, program: Program, nursery: Nursery | None) -> ProgramWatcher:
        """Takes a program on, not started yet."""
        watcher = ProgramWatcher(program, nursery)
        watcher.initialize(self.evpub_socket, self.sockets, self)
        self.watchers.append(watcher)
        self._watchers_names[watcher.name.lower()] = watcher
        return watcher

    def bring_back(self) -> None:
        """Buries the dead, and starts a process for each. One that cannot be started is tried again next time."""
        for watcher in self.watchers:
            if watcher.is_stopped() or watcher.is_stopping():
                continue
            self._owed[watcher.name] += watcher.bury(self.patience)
            while self._owed[watcher.name] and len(watcher.processes) < watcher.numprocesses:
                if watcher.spawn_process() is False:
                    break
                self._owed[watcher.name] -= 1
            if len(watcher.processes) >= watcher.numprocesses:
                del self._owed[watcher.name]


def _as_hook(action: Callable[[], None]) -> Callable[..., bool]:
    def hook(**_: object) -> bool:
        action()
        return True

    return hook


def _status_of(pid: int) -> int | None:
    """How a child has ended; None while it runs, 0 when somebody has asked before."""
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return status if ended else None
