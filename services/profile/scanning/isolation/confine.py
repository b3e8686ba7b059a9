"""What a child does to itself before it reads a file: limits, no network, no descriptors, few files."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from services.profile.scanning import bounds
from services.profile.scanning.isolation import landlock

_SET_DUMPABLE, _SET_PARENT_DEATH, _SET_NO_NEW_PRIVILEGES = 4, 1, 38
"""Options of prctl(2)."""
NEW_NETWORK, NEW_USER = 0x4000_0000, 0x1000_0000
"""Flags of unshare(2)."""
LIBC: Final = ctypes.CDLL(None, use_errno=True)
_STANDARD: Final = 3
"""Descriptors 0 to 2 lead nowhere; the pipe is the only other one."""


def confine(answer: int, source: Path, target: Path, fonts: Sequence[Path], cpu_seconds: int) -> None:
    """Shut this process in for good.

    What the system refuses (another kernel, a strict container) is left out; limits never.
    """
    _limit(cpu_seconds)
    if hasattr(LIBC, "prctl"):
        LIBC.prctl(_SET_PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
    harmless = [Path(sys.prefix), Path(sys.base_prefix), Path("/dev/urandom")]
    withdraw(answer, reads=[source, *fonts, *harmless], writes=[target])


def withdraw(keep: int, reads: Iterable[Path], writes: Iterable[Path]) -> None:
    """Leave the world for good: no environment, no descriptor but one, no network, no file but those named."""
    os.environ.clear()
    _close_all_but(keep)
    if not hasattr(LIBC, "prctl"):
        return
    LIBC.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    LIBC.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if LIBC.unshare(NEW_NETWORK) != 0:
        LIBC.unshare(NEW_USER | NEW_NETWORK)
    landlock.see_only(LIBC, reads=reads, writes=writes)


def _close_all_but(answer: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(_STANDARD):
        os.dup2(nowhere, standard)
    highest = min(resource.getrlimit(resource.RLIMIT_NOFILE)[0], 65_536)
    os.closerange(_STANDARD, answer)
    os.closerange(answer + 1, highest)


def _limit(cpu_seconds: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, bounds.MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, bounds.WRITTEN_BYTES),
        (resource.RLIMIT_NOFILE, bounds.OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _bind(kind, most, most)
    # The first limit says why (SIGXCPU); at the second the kernel kills without a word.
    _bind(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 2)


def _bind(kind: int, soft: int, hard: int) -> None:
    """Set a limit, never above the one that is set already."""
    _soft, highest = resource.getrlimit(kind)
    bound = hard if highest == resource.RLIM_INFINITY else min(hard, highest)
    resource.setrlimit(kind, (min(soft, bound), bound))
