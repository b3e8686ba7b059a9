"""What tests read from review's tables."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from shared.kit.database import Database
from tests.services.review.stories import Story


async def rows(database: Database, sql: str, **values: object) -> Sequence[Any]:
    """The rows of a statement."""
    async with database.engine.connect() as connection:
        return (await connection.execute(text(sql), values)).all()


async def standing(database: Database, story: Story) -> tuple[Any, ...]:
    """State, round, version and tier of the story's case."""
    found = await rows(database, "SELECT state, round, version, tier FROM review_case WHERE id = :id", id=story.case_id)
    return tuple(found[0])


async def history(database: Database, story: Story) -> list[tuple[Any, ...]]:
    """Kind, round, version and decision of each entry, in the order of the chain."""
    sql = "SELECT kind, round, version, decision FROM history WHERE case_id = :id ORDER BY seq"
    return [tuple(row) for row in await rows(database, sql, id=story.case_id)]
