"""Bounded waits for what happens in other processes."""

import asyncio
import time
from collections.abc import Callable

PATIENCE = 30.0


async def until(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Waits until something holds; fails with `what` when it does not in time."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, f"never happened: {what}"
        await asyncio.sleep(0.02)
