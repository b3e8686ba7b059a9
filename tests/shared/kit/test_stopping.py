"""Tasks end when they are told to, also where a cancellation is swallowed on the way."""

import asyncio

import pytest

from shared.kit import stopping


async def _deaf(times: int) -> None:
    """Swallow so many cancellations, and end at the next."""
    for _ in range(times):
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            continue
    await asyncio.Event().wait()


@pytest.mark.timeout(10)
@pytest.mark.parametrize("times", [0, 1, 3])
async def test_tasks_end_whatever_swallows_a_cancellation(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "TOLD_AGAIN", 0.01)
    tasks = [asyncio.create_task(_deaf(times)) for _ in range(3)]
    await asyncio.sleep(0)
    await stopping.end(tasks)
    assert [task.cancelled() for task in tasks] == [True, True, True]
