"""How long to wait before a program is started again: not at all, unless it ends again and again by itself."""

import signal
from collections import Counter

# A program that ended by itself sooner than this has failed to start.
SHORT_LIFE_SECONDS = 30.0
LONGEST_WAIT_SECONDS = 10.0
# After so many failures in a row somebody should look.
STRUGGLING = 3


class Patience:
    """Counts the starts of each program that failed, in a row.

    The first is forgiven, then the wait doubles from half a second. A program that was killed is never made to wait.
    """

    def __init__(self) -> None:
        self._failed: Counter[str] = Counter()
        self._told: set[str] = set()

    def after(self, name: str, age: float, exit_code: int) -> float:
        """Seconds to wait before the next start of a program that ended at this age (seconds).

        `exit_code` is that of subprocess: negative for a signal.
        """
        if exit_code == -signal.SIGKILL:
            return 0.0
        if age >= SHORT_LIFE_SECONDS:
            del self._failed[name]
            return 0.0
        self._failed[name] += 1
        again = self._failed[name] - 1
        return min(2.0 ** (again - 2), LONGEST_WAIT_SECONDS) if again else 0.0

    def newly_struggling(self) -> list[str]:
        """The programs that keep failing and were not named before."""
        names = [name for name, times in self._failed.items() if times >= STRUGGLING and name not in self._told]
        self._told.update(names)
        return names
