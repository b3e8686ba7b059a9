"""Asks the nursery for processes (see cli.nursery), and holds them like those that were started here."""

import contextlib
import json
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil

from cli.local.program import Program

# A newborn tells its process id within milliseconds; on a busy machine within this.
PATIENCE_SECONDS = 5.0


class Newborn(psutil.Process):  # type: ignore[misc] # psutil carries no types
    """A process that was born elsewhere and is our child: what circus wants to know of a Popen."""

    stdout = None
    stderr = None

    def __init__(self, pid: int) -> None:
        super().__init__(pid)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, as subprocess gives it; None while it runs."""
        if self.returncode is None:
            try:
                ended, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:  # it was waited for already
                self.returncode = 0
            else:
                self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode


class Nursery:
    """The address of the nursery, which may be away: then everything is started the slow way."""

    def __init__(self, address: Path) -> None:
        self.address = address

    @staticmethod
    def is_possible() -> bool:
        """True where the kernel hands orphans to us, and nobody has switched it off."""
        return sys.platform == "linux" and os.environ.get("JUXIAN_NURSERY") != "off"

    def is_open(self) -> bool:
        """True when it answers."""
        with contextlib.suppress(OSError), self._line() as line:
            line.connect(str(self.address))
            return True
        return False

    def bear(self, program: Program, environment: Mapping[str, str]) -> Newborn | None:
        """A process that becomes the program, our child already; None when the nursery cannot."""
        if not program.can_be_born:
            return None
        order = {**program.told, "environment": dict(environment), "folder": str(program.folder)}
        try:
            with self._line() as line:
                line.connect(str(self.address))
                line.sendall(json.dumps(order).encode() + b"\n")
                return Newborn(int(line.makefile("r").readline()))
        except (OSError, ValueError, psutil.Error):
            return None

    @staticmethod
    def _line() -> socket.socket:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE_SECONDS)
        return line
