"""How long to wait before a program is started again: not at all, unless it dies again and again."""

import time
from collections import Counter
from typing import Any

# A program that lived shorter than this has died right away.
SHORT_LIFE_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 10.0
# After so many early deaths in a row somebody should look.
STRUGGLING = 3


class Patience:
    """Counts early deaths in a row, a program each.

    The first is forgiven: it may have been killed while it was new. From then on the wait doubles, from
    half a second.
    """

    def __init__(self) -> None:
        self._early: Counter[str] = Counter()
        self._told: set[str] = set()

    def wait_after(self, name: str, age: float) -> float:
        """Seconds to wait before the next start of a program that has died at this age (seconds)."""
        if age >= SHORT_LIFE_SECONDS:
            del self._early[name]
            return 0.0
        self._early[name] += 1
        forgiven = self._early[name] - 1
        return min(2.0 ** (forgiven - 2), LONGEST_WAIT_SECONDS) if forgiven else 0.0

    def newly_struggling(self) -> list[str]:
        """The programs that keep dying and were not named before."""
        names = [name for name, deaths in self._early.items() if deaths >= STRUGGLING and name not in self._told]
        self._told.update(names)
        return names

    def on_death(self, *, watcher: Any, process_pid: int, **_: object) -> bool:  # noqa: ANN401 - circus has no types
        """Circus' hook before it buries a process: the environment tells the next one how long to wait."""
        wait = self.wait_after(watcher.name, time.time() - watcher.processes[process_pid].started)
        watcher.env["JUXIAN_TETHER_WAIT"] = str(wait)
        return True
