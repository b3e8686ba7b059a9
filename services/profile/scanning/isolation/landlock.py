"""Linux Landlock: from here on this process sees only what is named, if the kernel can."""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

CREATE, _ADD, _RESTRICT = 444, 445, 446
"""System call numbers, the same on every architecture (Linux, Documentation/userspace-api/landlock.rst)."""
VERSION: Final = 1
_PATH_BENEATH: Final = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_FILE, _MAKE_REG = (
    1 << 0,
    1 << 1,
    1 << 2,
    1 << 3,
    1 << 5,
    1 << 8,
)
_TRUNCATE: Final = 1 << 14
_READ: Final = _READ_FILE | _READ_DIR
_WRITE: Final = _READ | _WRITE_FILE | _REMOVE_FILE | _MAKE_REG | _TRUNCATE
_FILES_BY_ABI: Final = {
    1: (1 << 13) - 1,
    2: (1 << 14) - 1,
    3: (1 << 15) - 1,
    4: (1 << 15) - 1,
    5: (1 << 16) - 1,
}
"""Every right over files that an ABI knows: all are taken away, and some given back."""
_NETWORK: Final = 0b11
"""To bind and to connect TCP (ABI 4)."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def see_only(libc: ctypes.CDLL, reads: Iterable[Path], writes: Iterable[Path]) -> bool:
    """Restrict this process for good: read beneath `reads`, read and write beneath `writes`, nothing else.

    False where the kernel does not offer it. Needs `no_new_privs`.
    """
    abi = min(libc.syscall(CREATE, None, ctypes.c_size_t(0), VERSION), max(_FILES_BY_ABI))
    if abi < 1:
        return False
    handled = _FILES_BY_ABI[abi]
    networked = max(_FILES_BY_ABI) - 1
    ruleset = _Ruleset(handled, _NETWORK if abi >= networked else 0)
    size = ctypes.sizeof(ruleset) if abi >= networked else ctypes.sizeof(ctypes.c_uint64)
    rules = libc.syscall(CREATE, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    if rules < 0:
        return False
    try:
        for paths, allowed in ((reads, _READ), (writes, _WRITE)):
            for path in paths:
                _allow(libc, rules, path, allowed & handled)
        return bool(libc.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, allowed: int) -> None:
    if not path.exists():
        return
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = allowed if path.is_dir() else allowed & (_READ_FILE | _WRITE_FILE | _TRUNCATE)
        beneath = _Beneath(rights, opened)
        libc.syscall(_ADD, rules, _PATH_BENEATH, ctypes.byref(beneath), 0)
    finally:
        os.close(opened)
