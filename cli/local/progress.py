"""What the runner shows while it starts: a line a step with its time, and what it is waiting for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.status import Status

# Where the output is no terminal, a note is written this often at most.
QUIET_SECONDS = 15.0


class Progress:
    """Steps of a start, told on a console."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status: Status | None = None
        self._title = ""
        self._noted = 0.0

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Shows the step while it lasts, and afterwards how long it took."""
        begun = self._noted = time.monotonic()
        self._title = title
        with self._console.status(title) as self._status:
            yield
        self._status = None
        self._console.print(f"[green]✓[/] {title} [dim]{time.monotonic() - begun:.1f} s[/]", highlight=False)

    def note(self, text: str) -> None:
        """Says what the step is waiting for."""
        if self._status is not None and self._console.is_terminal:
            self._status.update(f"{self._title} [dim]{text}[/]")
        elif time.monotonic() - self._noted > QUIET_SECONDS:
            self._noted = time.monotonic()
            self._console.print(f"  {text}", style="dim", highlight=False)

    def warn(self, text: str) -> None:
        """Says what has gone wrong without ending the step."""
        self._console.print(text, style="yellow", highlight=False, markup=False)
