"""A mail worker that is killed while it hands a letter in: the letter arrives, and where twice, as the same (F5)."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from services.notify.tasks import JOBS
from shared.kit import clock
from shared.kit.sweeper import Sweeper
from tests.builders.mail import MailServer
from tests.services.notify import samples
from tests.services.notify.conftest import Desk


async def killed(url: str, row_id: object, point: str, repository: Path) -> int:
    """Carry a letter in a process that dies at that point; gives how it ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.services.notify.mortal", url, str(row_id),
        cwd=repository, env=os.environ | {"FAULT_POINT": point},
    )  # fmt: skip
    async with asyncio.timeout(40):
        return await process.wait()


@pytest.mark.parametrize(("point", "times"), [("before_send", 1), ("after_send", 2)])
async def test_a_letter_of_a_killed_worker_arrives_as_the_same(
    desk: Desk, mail: MailServer, repository: Path, point: str, times: int
) -> None:
    await desk.hear(samples.reached())
    (row,) = await desk.deliveries()
    url = desk.database.engine.url.render_as_string(hide_password=False)
    assert await killed(url, row.id, point, repository) == -signal.SIGKILL
    async with desk.database.transaction() as session:
        assert (await session.execute(text("SELECT status FROM delivery"))).scalar_one() == "running"

    await desk.database.act(clock.advance, JOBS[0].table.job.lease + 1)
    await Sweeper(desk.database, None, JOBS)._take_back(JOBS[0])  # type: ignore[arg-type]  # it needs no broker here
    await desk.carry()

    assert [letter.message_id for letter in mail.letters] == [f"<{row.id}@juxian.test>"] * times
    assert [(row.status, row.attempts) for row in await desk.deliveries()] == [("done", 2)]
