"""Ports on the loopback address: chosen once an installation, remembered, used again while they are free."""

import json
import random
import socket
from collections.abc import Iterable
from pathlib import Path

LOOPBACK = "127.0.0.1"
# Below the range from which the kernel takes ports for outgoing connections (from 32768 on Linux).
_RANGE = range(21000, 32000)


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """True when a server could listen on the port now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def remembered(memory: Path) -> dict[str, int]:
    """The ports of the last start."""
    ports: dict[str, int] = json.loads(memory.read_text()) if memory.exists() else {}
    return ports


def choose(names: Iterable[str], memory: Path, mark: str) -> dict[str, int]:
    """A free port a name: the remembered one where it is still free, else another.

    New ports are drawn with `mark` as the seed, so that two installations on one machine start far apart.
    """
    known = remembered(memory)
    draw = random.Random(mark)  # noqa: S311 - spread, not secrecy
    chosen: dict[str, int] = {}
    for name in names:
        port = known.get(name)
        while port is None or port in chosen.values() or not is_free(port):
            port = draw.choice(_RANGE)
        chosen[name] = port
    # Names not asked for this time keep theirs for the next.
    memory.write_text(json.dumps({**known, **chosen}, indent=1))
    return chosen
