"""What the tests of review share: its database on a Monday morning, and a profile beside it."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text

from shared.kit import settings as kit_settings
from shared.kit.database import Database
from tests.services.review.profile_double import Profile, profile_server
from tests.services.review.stories import MORNING


@pytest.fixture
async def review(database_of: Callable[[str], Database]) -> Database:
    """Review's database, empty, its clock at ten o'clock of a Monday in China."""
    database = database_of("review")
    await set_clock(database)
    return database


async def set_clock(database: Database, *, days: float = 0) -> None:
    """Set the database's clock to ten o'clock so many days after that Monday."""
    async with database.transaction() as session:
        ahead = "UPDATE clock SET ahead = CAST(:at AS timestamptz) - now() + make_interval(secs => :seconds)"
        await session.execute(text(ahead), {"at": MORNING, "seconds": 3600 + days * 86_400})


@pytest.fixture
async def profile(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Profile]:
    """The profile service as review meets it; it seals whatever is the newest."""
    async with profile_server() as double:
        monkeypatch.setenv("JUXIAN_PROFILE_URL", double.url)
        kit_settings.common.cache_clear()
        yield double
    kit_settings.common.cache_clear()
