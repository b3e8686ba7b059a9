"""`juxian outbox`: what waits is shown, and told again when an operator says so."""

import asyncio
import json
from uuid import uuid4

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from cli.outbox import app
from shared.contracts.events import OrganizationChanged
from shared.kit.database import Database, Session
from shared.kit.outbox import tell
from tests.services.notify import samples


async def told(session: Session, event: OrganizationChanged) -> str:
    """Tell an event as auth would, and give its id."""
    return str(tell(session, event))


@pytest.fixture
def shell(auth_database: Database, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A shell where every service has the same database."""
    for name in ("AUTH", "PROFILE", "REVIEW", "NOTIFY"):
        monkeypatch.setenv(f"JUXIAN_{name}_DATABASE_URL", auth_database.url)
    return CliRunner()


async def test_what_waits_is_shown_and_what_is_out_is_told_again(shell: CliRunner, auth_database: Database) -> None:

    event_id = await auth_database.act(told, samples.organization())
    shown = await asyncio.to_thread(shell.invoke, app, ["list", "--json"])
    async with auth_database.transaction() as session:
        await session.execute(text("UPDATE outbox SET published_at = juxian_now()"))
    nothing = await asyncio.to_thread(shell.invoke, app, ["list"])
    again = await asyncio.to_thread(shell.invoke, app, ["replay", "auth", event_id])
    other = await asyncio.to_thread(shell.invoke, app, ["replay", "auth", str(uuid4()), "x"])

    assert {(one["id"], one["event"]) for one in json.loads(shown.output)} == {(event_id, "OrganizationChanged")}
    assert (shown.exit_code, nothing.exit_code, nothing.output) == (1, 0, "nothing waits\n")
    assert (again.exit_code, again.output) == (0, f"{event_id}\ttold again\n")
    assert other.exit_code == 1
    assert shell.invoke(app, ["replay", "nobody", event_id]).exit_code == 2
