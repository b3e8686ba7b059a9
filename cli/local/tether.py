"""Becomes another program that ends when its parent does.

Started as a script, so that it costs a few milliseconds:
`python -I -S tether.py '{"argv": […], "log": …}'`. It waits, opens the log, changes the user, asks the kernel
for a signal at the parent's death, and turns into the program: the process id stays the same. Logs are opened
here and not piped through the supervisor: a program never blocks on it, and outlives it without broken pipes.
"""

import ctypes
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
# How many seconds to wait before the start; the supervisor sets it for what fails again and again.
WAIT = "JUXIAN_TETHER_WAIT"


def _prctl(option: int, value: int) -> None:
    """Sets an attribute of this process (Linux only, prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def die_with_parent(death_signal: int, parent: int) -> None:
    """Asks the kernel to send `death_signal` when the parent ends.

    A parent that ended before the question was asked is noticed by its id.
    """
    _prctl(PR_SET_PDEATHSIG, death_signal)
    if sys.platform == "linux" and os.getppid() != parent:
        os.kill(os.getpid(), death_signal)


def adopt_orphans() -> None:
    """Makes this process the parent of every descendant that loses its own."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def leave_orphans() -> None:
    """Takes that back."""
    _prctl(PR_SET_CHILD_SUBREAPER, 0)


def redirect(log: str) -> None:
    """Output and errors go to the end of one file, input comes from nowhere."""
    target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    source = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
    os.dup2(source, 0)
    os.dup2(target, 1)
    os.dup2(target, 2)


def become_user(uid: int, gid: int) -> None:
    """Drops to another user, groups first, for good."""
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def wait_for(order: Mapping[str, Any]) -> None:
    """Waits as long as the supervisor has said; ends at once when the supervisor does."""
    until = time.monotonic() + float(os.environ.pop(WAIT, "0"))
    while time.monotonic() < until and os.getppid() == order["parent"]:
        time.sleep(0.05)


def become_program(order: Mapping[str, Any]) -> None:
    """Takes the log, the user and the fate of the order (log, parent; maybe uid, gid, signal)."""
    redirect(order["log"])
    if "uid" in order:
        become_user(order["uid"], order["gid"])
    # After the change of user: the kernel forgets the request when the user changes.
    die_with_parent(order.get("signal", signal.SIGKILL), order["parent"])


def main(text: str) -> None:
    """Turns this process into the program of the order (JSON)."""
    order = json.loads(text)
    wait_for(order)
    become_program(order)
    argv = order["argv"]
    os.execv(argv[0], argv)  # noqa: S606 - becoming another program is what this is for


if __name__ == "__main__":
    main(sys.argv[1])
