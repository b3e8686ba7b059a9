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

PR_SET_PDEATHSIG = 1


def die_with_parent(death_signal: int, parent: int) -> None:
    """Asks the kernel to send `death_signal` when the parent ends (Linux only, prctl(2)).

    A parent that ended before the question was asked is noticed by its id.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), death_signal)


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


def main(order: str) -> None:
    """Turns this process into the program of the order (JSON: argv, log, parent; maybe uid, gid, signal)."""
    told = json.loads(order)
    # The supervisor asks for patience when a program has died several times in a row.
    time.sleep(float(os.environ.pop("JUXIAN_TETHER_WAIT", "0")))
    redirect(told["log"])
    if "uid" in told:
        become_user(told["uid"], told["gid"])
    # After the change of user: the kernel forgets the request when the user changes.
    die_with_parent(told.get("signal", signal.SIGKILL), told["parent"])
    argv = told["argv"]
    os.execv(argv[0], argv)  # noqa: S606 - becoming another program is what this is for


if __name__ == "__main__":
    main(sys.argv[1])
