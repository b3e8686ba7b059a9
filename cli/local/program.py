"""A program that the supervisor keeps running."""

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cli.local.os_user import OsUser

_TETHER = Path(__file__).with_name("tether.py")


@dataclass(frozen=True, slots=True)
class Program:
    """What to run and how to end it.

    `grace` is how many seconds it may take to stop after `stop_signal`. `death_signal` is what the kernel
    sends when the supervisor itself is killed: whatever keeps its promises through a SIGKILL gets just that.
    `before` is called each time just before it starts. What can be born is `python -m MODULE …` of the platform,
    which may start as a copy of the nursery.
    """

    name: str
    argv: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = Path("/")
    user: OsUser | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    grace: float = 15.0
    is_server: bool = False
    can_be_born: bool = False
    before: Callable[[], None] | None = None

    @property
    def order(self) -> list[str]:
        """The command line that becomes the program, tied to the life of this process."""
        return [sys.executable, "-I", "-S", str(_TETHER), json.dumps(self.told)]

    @property
    def told(self) -> dict[str, object]:
        """What a tether or a newborn is told: what to become, and whose child it is."""
        told: dict[str, object] = {
            "argv": self.argv,
            "log": str(self.log),
            "parent": os.getpid(),
            "signal": self.death_signal,
        }
        if self.user is not None:
            told |= {"uid": self.user.uid, "gid": self.user.gid}
        return told
