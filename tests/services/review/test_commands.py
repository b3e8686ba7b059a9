"""The operator's commands of review."""

import asyncio

import pytest
from sqlalchemy import text

from services.review import actions
from services.review.commands import _verify
from shared.kit.database import Database
from tests.services.review.stories import Story


@pytest.mark.parametrize("chunk", [2, 500])
async def test_the_history_of_every_case_is_checked(review: Database, chunk: int) -> None:
    stories = [Story(serial=at) for at in range(5)]
    for story in stories:
        await review.act(actions.open_case, story.filed())
    assert await _verify(chunk) == ([], 5)

    async with review.transaction() as session:
        await session.execute(text("SET LOCAL session_replication_role = 'replica'"))
        bend = text("UPDATE history SET version = 2 WHERE case_id = :id")
        await session.execute(bend, {"id": stories[3].case_id})
    assert await asyncio.wait_for(_verify(chunk), 10) == ([(str(stories[3].case_id), 1)], 5)
