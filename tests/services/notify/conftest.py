"""What tests of notify share: a mail server that does as it is told, and ways to hear events and carry letters."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select
from sqlmodel import col

from services.notify.actions import delivering
from services.notify.events import HEARS
from services.notify.models import Delivery, Letter
from services.notify.settings import settings
from services.notify.tasks import JOBS
from shared.contracts.events import Event
from shared.contracts.identity import Caller, Role
from shared.kit.database import Database
from shared.kit.running import run_job
from tests.builders.mail import MailServer, mail_server
from tests.services.notify import samples

Give = Callable[[str], Awaitable[httpx.AsyncClient]]


def who(account_id: UUID, *roles: Role, language: str = "zh") -> Caller:
    """A caller who is logged in."""
    return Caller("gateway", account_id, frozenset(roles), language=language)  # type: ignore[arg-type]  # a Language


ADMIN = who(samples.ADMINISTRATOR, "administrator")
APPLICANT = who(samples.ACCOUNT, "applicant")


class As:
    """Calls notify as somebody."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def __call__(self, caller: Caller | None, method: str, path: str, **given: object) -> httpx.Response:
        headers = self.client.as_caller(caller)  # type: ignore[attr-defined]  # the fixture's own client
        return await self.client.request(method, path, headers=headers, **given)  # type: ignore[arg-type]  # as httpx takes it


class Desk:
    """Notify at work on one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def hear(self, *events: Event) -> None:
        """Answer each event in a transaction of its own."""
        for event in events:
            await self.database.act(HEARS[type(event)], event)

    async def deliveries(self) -> list[Delivery]:
        """Every delivery, the oldest first."""
        async with self.database.transaction() as session:
            return list((await session.execute(select(Delivery).order_by(col(Delivery.id)))).scalars())

    async def letters(self) -> list[Letter]:
        """Every letter, the oldest first."""
        async with self.database.transaction() as session:
            return list((await session.execute(select(Letter).order_by(col(Letter.id)))).scalars())

    async def carry(self, delivery_id: UUID | None = None) -> None:
        """Run the job of one delivery, or of each that there is."""
        ids = [delivery_id] if delivery_id else [row.id for row in await self.deliveries()]
        for row_id in ids:
            await run_job(self.database, JOBS[0], row_id)


@pytest.fixture
async def desk(notify_database: Database) -> Desk:
    """Notify, knowing an organization, its reviewer and an applicant."""
    opened = Desk(notify_database)
    await opened.hear(samples.organization(), samples.reviewer(), samples.opened("operator"))
    return opened


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set notify's settings, by their names in the environment without JUXIAN_."""

    def _configure(**given: str) -> None:
        for name, value in given.items():
            monkeypatch.setenv(f"JUXIAN_{name.upper()}", value)
        settings.cache_clear()
        delivering.post.cache_clear()

    return _configure


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget what a test has configured."""
    yield
    if delivering.post.cache_info().currsize:
        delivering.post().close()
    monkeypatch.undo()
    settings.cache_clear()
    delivering.post.cache_clear()


@pytest.fixture
async def mail(configure: Callable[..., None]) -> AsyncIterator[MailServer]:
    """A mail server, and notify configured to hand its letters in there with little patience."""
    async with mail_server() as server:
        configure(smtp_url=server.url, smtp_timeout="0.5", smtp_answer_timeout="0.5")
        yield server


@pytest.fixture
async def call(desk: Desk, client_of: Give) -> As:
    """Calls notify's door."""
    return As(await client_of("notify"))
