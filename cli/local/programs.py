"""The platform's processes as programs for the supervisor, each with its own environment."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cli.local.alone import MARK
from cli.local.environment import STOP_GENTLY, Installation
from cli.local.places import CHECKOUT
from cli.local.ports import LOOPBACK
from cli.local.program import Program
from cli.local.roster import Process, roster

# The name of a newborn is written over the command line of its nursery, which must have room for it.
ROOM = "." * 80
# A worker lets a job of half a minute end (Celery's soft shutdown), then has time to put down its tools.
WORKER_GRACE_SECONDS = 45.0
OTHER_GRACE_SECONDS = 25.0


def platform(installation: Installation) -> list[Program]:
    """Every service, event process, worker and the beat."""
    return [_program(installation, process) for process in roster(apart=installation.apart)]


def once(installation: Installation, module: str, name: str) -> Program:
    """A module of the command that runs to its end, with the settings of all services."""
    return _python(installation, name, (module,), installation.all())


def nursery(installation: Installation, address: Path) -> Program:
    """The process that the others are born from. It holds no secrets, and only what is read while loading."""
    environment = {name: value for name, value in installation.said.items() if not name.startswith("JUXIAN_")}
    environment |= {
        "JUXIAN_INSTALLATION": "local",
        "JUXIAN_PROGRAMMES_PATH": installation.said.get("JUXIAN_PROGRAMMES_PATH", ""),
        **STOP_GENTLY,
    }
    program = _python(installation, "nursery", ("cli.nursery", str(address), ROOM), environment)
    return replace(program, is_server=True)


def marked(installation: Installation, program: Program) -> Program:
    """The program with the installation's mark in its environment, by which a later runner knows it."""
    return replace(program, environment={**program.environment, MARK: installation.places.mark})


def _program(installation: Installation, process: Process) -> Program:
    words = ("cli.processes", *process.words, *_address(installation, process))
    program = _python(installation, process.name, words, installation.of(process))
    return replace(
        program,
        can_be_born=True,
        grace=WORKER_GRACE_SECONDS if process.kind == "worker" else OTHER_GRACE_SECONDS,
    )


def _address(installation: Installation, process: Process) -> tuple[str, ...]:
    if process.kind != "web":
        return ()
    if process.name == "gateway":
        return ("--host", installation.host, "--port", str(installation.port))
    return ("--host", LOOPBACK, "--port", str(installation.ports[process.name]))


def _python(installation: Installation, name: str, words: tuple[str, ...], environment: Mapping[str, str]) -> Program:
    program = Program(
        name=name,
        argv=(sys.executable, "-m", *words),
        log=installation.places.logs / f"{name}.log",
        environment=environment,
        folder=CHECKOUT,
    )
    return marked(installation, program)
