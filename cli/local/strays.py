"""Children that nobody started here: the kernel hands a killed worker's own children to the runner."""

import os
from collections.abc import Set as AbstractSet

import psutil

from cli.local.alone import MARK


def sweep(mark: str, known: AbstractSet[int], suspects: AbstractSet[int]) -> set[int]:
    """Ends the strays that were seen the time before already, and returns those seen now.

    A stray carries the installation's mark and is not among the known; a dead one carries nothing any more, and is
    one when nobody has asked for its end since the last sweep (`suspects`, what that returned).
    """
    seen = set()
    for child in psutil.Process().children():
        if child.pid in known:
            continue
        try:
            is_dead = child.status() == psutil.STATUS_ZOMBIE
            if not is_dead and child.environ().get(MARK) != mark:
                continue
            if child.pid not in suspects:
                seen.add(child.pid)
            elif is_dead:
                os.waitpid(child.pid, os.WNOHANG)
            else:
                child.kill()
                seen.add(child.pid)
        except (psutil.Error, OSError):
            continue
    return seen
