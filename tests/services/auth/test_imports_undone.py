"""Imports taken back: as if they had never been, while none of their people has logged in."""

from sqlalchemy import text

from shared.contracts.events import AccountChanged
from shared.contracts.identity import Caller
from tests.conftest import events_told
from tests.services.auth.lists import as_csv, person
from tests.services.auth.test_imports import accounts, ends, imported, shown, upload, work
from tests.services.auth.world import Door


async def test_an_import_is_undone_as_if_it_had_never_been(door: Door, admin: Caller) -> None:
    import_id = await imported(door, admin, person(1), person(2))
    answer = await door("POST", f"/admin/imports/{import_id}/undo", caller=admin)
    await work(door.database)
    told = await shown(door, admin, import_id)
    changed = [event for event in await events_told(door.database) if isinstance(event, AccountChanged)]
    again = (await upload(door, admin, as_csv(person(1)))).json()

    assert (answer.status_code, answer.json()["state"], answer.json()["undoing"]) == (202, "running", True)
    assert (told["state"], [row["outcome"] for row in told["rows"]]) == ("undone", ["undone", "undone"])
    assert [(event.disabled, event.programmes, event.id_index) for event in changed] == [(True, (), None)] * 2
    assert await accounts(door.database) == 1
    assert ends(again) == [(2, "ready", None, None)]


async def test_an_import_stays_once_somebody_has_logged_in(door: Door, admin: Caller) -> None:
    import_id = await imported(door, admin, person(1), person(2))
    async with door.database.engine.begin() as connection:
        await connection.execute(text("UPDATE account SET last_login_at = juxian_now() WHERE username = 'chen.jing2'"))

    answer = await door("POST", f"/admin/imports/{import_id}/undo", caller=admin)

    assert (answer.status_code, answer.json()["code"]) == (409, "someone_logged_in")
    assert await accounts(door.database) == 3


async def test_who_logs_in_while_an_import_is_undone_keeps_the_account(door: Door, admin: Caller) -> None:
    import_id = await imported(door, admin, person(1), person(2))
    await door("POST", f"/admin/imports/{import_id}/undo", caller=admin)
    async with door.database.engine.begin() as connection:
        await connection.execute(text("UPDATE account SET last_login_at = juxian_now() WHERE username = 'chen.jing2'"))
    await work(door.database)

    assert [row["outcome"] for row in (await shown(door, admin, import_id))["rows"]] == ["undone", "created"]
    assert await accounts(door.database) == 2
