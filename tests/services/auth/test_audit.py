"""The audit trail: kept in a chain, read by administrators alone, taken as a spreadsheet."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.auth.actions.audit import keep_entry
from services.auth.actions.trail_head import head_file, note_head, verified_trail
from services.auth.queries.audit import broken_trail
from shared.contracts.events import Audited
from shared.kit.database import Database
from tests.conftest import notes_told
from tests.services.auth.conftest import Turn
from tests.services.auth.world import ADMIN, PASSWORD, ZHANG, Door, as_person, employer, opened

OFFICE = UUID("019a0000-0000-7000-8000-0000000000bb")


def entry(number: int, **said: object) -> Audited:
    """An entry like others."""
    given: dict[str, Any] = {
        "audit_id": UUID(int=number), "actor_id": None, "action": "window_changed", "subject_kind": "programme",
        "subject_id": "dezhou-talent-pool", "detail": {"fields": ["opens_at"], "n": number, "share": 0.1},
        "reason": "=HYPERLINK(1)", "at": datetime(2026, 11, number, 16, 30, tzinfo=UTC),
    }  # fmt: skip
    return Audited(**given | said)


async def keep(database: Database, *entries: Audited) -> None:
    """Hear them one after the other."""
    for one in entries:
        await database.act(keep_entry, one)


async def hear_all(database: Database) -> None:
    """Hear what auth itself has told."""
    await keep(database, *await notes_told(database))


async def tamper(database: Database, statement: str) -> None:
    """Do what only somebody with the keys of the database can do."""
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_stays"))
        await connection.execute(text(statement))
        await connection.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_stays"))


async def test_an_entry_is_kept_once_in_the_order_of_hearing(auth_database: Database) -> None:
    await keep(auth_database, entry(2), entry(1), entry(2))

    async with auth_database.engine.connect() as connection:
        rows = await connection.execute(text("SELECT position, audit_id FROM audit_entry ORDER BY position"))
        assert [tuple(row) for row in rows] == [(1, UUID(int=2)), (2, UUID(int=1))]
    assert await auth_database.read(broken_trail) == (None, 2)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry WHERE position = 1"]
)
async def test_the_database_refuses_to_change_an_entry(auth_database: Database, statement: str) -> None:
    await keep(auth_database, entry(1))

    with pytest.raises(DBAPIError, match="never changed"):
        async with auth_database.engine.begin() as connection:
            await connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE audit_entry SET action = 'nothing' WHERE position = 2", 2),
        ("UPDATE audit_entry SET detail = '{}' WHERE position = 3", 3),
        ("UPDATE audit_entry SET at = at + interval '1 second' WHERE position = 1", 1),
        ("UPDATE audit_entry SET actor_id = gen_random_uuid() WHERE position = 3", 3),
        ("DELETE FROM audit_entry WHERE position = 2", 2),
        ("DELETE FROM audit_entry WHERE position = 1", 1),
        ("UPDATE audit_entry SET hash = '\\x00' WHERE position = 2", 2),
    ],
)
async def test_tampering_is_found_where_it_was_done(auth_database: Database, statement: str, place: int) -> None:
    await keep(auth_database, *(entry(number) for number in (1, 2, 3, 4)))
    await tamper(auth_database, statement)

    assert (await auth_database.read(broken_trail))[0] == place


async def test_a_long_chain_is_checked_in_pieces(auth_database: Database) -> None:
    await keep(auth_database, *(entry(number) for number in range(1, 6)))
    await tamper(auth_database, "UPDATE audit_entry SET reason = NULL WHERE position = 4")

    pieces = [await auth_database.read(broken_trail, after, 2) for after in (0, 2, 4)]

    assert pieces == [(None, 2), (4, 2), (None, 1)]


async def test_what_administrators_and_owners_do_stands_in_the_trail(door: Door) -> None:
    admin_id = await opened(door.database, ADMIN)
    office = await employer(door.database)
    zhang = await opened(door.database, ZHANG)
    await door.log_in("zhang.wei", "wrong")
    await door.log_in("nobody", "wrong")
    _token, caller = await door.entered("zhang.wei")
    await door("DELETE", "/sessions/current", caller=caller)
    admin = as_person(admin_id, None, "administrator")
    await door("PATCH", f"/admin/organizations/{office}", {"name": "鲁北集团", "disabled": True}, admin)
    await hear_all(door.database)

    answer = (await door("GET", "/admin/audit", caller=admin)).json()

    shown = [
        (item["action"], item["actor"] and item["actor"]["name"], item["subject"]["name"], item["detail"])
        for item in answer["items"]
    ]
    assert shown == [
        ("organization_disabled", "管理员", "鲁北集团", {}),
        ("organization_changed", "管理员", "鲁北集团", {"fields": ["name"]}),
        ("logged_out", "张伟", "张伟", {}),
        ("logged_in", "张伟", "张伟", {"by": "password"}),
        ("login_failed", None, None, {"by": "password"}),
        ("login_failed", None, "张伟", {"by": "password"}),
    ]
    assert answer["items"][0]["actor"] == {"account_id": str(admin_id), "username": "admin", "name": "管理员"}
    assert answer["items"][3]["subject"] == {"kind": "account", "id": str(zhang), "name": "张伟"}
    assert PASSWORD not in str(answer)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [4, 3, 2, 1]), ("action=window_changed", [4, 3, 2]), ("subject_kind=account", [1]),
        ("subject=dezhou-talent-pool", [4, 3, 2]), ("programme=x", [2]), ("from=2026-11-04", [4, 3]),
        ("to=2026-11-03", [2, 1]), ("from=2026-11-04&to=2026-11-04", [3]), ("from=2026-11-04T16:30:00Z", [4]),
        ("actor=nobody", []), ("limit=2", [4, 3]),
    ],
)  # fmt: skip
async def test_the_trail_is_found_by_what_stands_in_it(door: Door, query: str, found: list[int]) -> None:
    admin = as_person(await opened(door.database, ADMIN))
    first = entry(1, action="account_disabled", subject_kind="account", subject_id=str(OFFICE))
    await keep(door.database, first, entry(2, programme="x"), entry(3), entry(4))

    answer = (await door("GET", f"/admin/audit?{query}", caller=admin)).json()

    assert [UUID(item["audit_id"]).int for item in answer["items"]] == found


async def test_the_trail_is_found_by_its_actor_and_read_page_by_page(door: Door) -> None:
    admin_id = await opened(door.database, ADMIN)
    admin = as_person(admin_id)
    await keep(door.database, *(entry(number, actor_id=admin_id) for number in (1, 2, 3)), entry(4))

    first = (await door("GET", "/admin/audit?actor=ADMIN&limit=2", caller=admin)).json()
    second = (await door("GET", f"/admin/audit?actor={admin_id}&cursor={first['next_cursor']}", caller=admin)).json()

    assert [UUID(item["audit_id"]).int for page in (first, second) for item in page["items"]] == [3, 2, 1]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("query", ["from=yesterday", "to=2026-11-22T10:00:00", "from=2026-13-01", "cursor=eA", "x=1"])
async def test_a_bad_question_of_the_trail_is_refused(door: Door, query: str) -> None:
    admin = as_person(await opened(door.database, ADMIN))

    assert (await door("GET", f"/admin/audit?{query}", caller=admin)).status_code == 422


async def test_the_words_of_the_trail_are_listed(door: Door) -> None:
    admin = as_person(await opened(door.database, ADMIN))
    await keep(door.database, entry(1), entry(2, action="account_disabled", subject_kind="account"), entry(3))

    answer = (await door("GET", "/admin/audit/actions", caller=admin)).json()

    assert answer == {"items": ["account_disabled", "window_changed"], "kinds": ["account", "programme"]}


async def test_the_trail_is_taken_as_texts_and_that_is_noted(door: Door) -> None:
    admin = as_person(await opened(door.database, ADMIN))
    await keep(door.database, entry(1), entry(2))

    answer = await door("GET", "/admin/audit.xlsx?action=window_changed", caller=admin)
    (told,) = await notes_told(door.database)

    cells = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in cells] == ["时间", "2026-11-03 00:30:00", "2026-11-02 00:30:00"]
    assert cells[1][10] == "=HYPERLINK(1)"
    assert b"<f>" not in ZipFile(BytesIO(answer.content)).read("xl/worksheets/sheet1.xml")
    assert (told.action, told.detail) == ("audit_exported", {"entries": 2, "wanted": "window_changed"})


@pytest.mark.parametrize("path", ["/admin/audit", "/admin/audit/actions", "/admin/audit.xlsx"])
async def test_the_trail_is_for_administrators(door: Door, path: str) -> None:
    zhang = await opened(door.database, ZHANG)
    callers = (as_person(zhang), as_person(zhang, None, "administrator"))

    codes = [(await door("GET", path)).status_code] + [
        (await door("GET", path, caller=caller)).status_code for caller in callers
    ]

    assert codes == [401, 403, 403]


async def test_a_trail_that_was_cut_is_found_by_what_is_noted_outside(
    auth_database: Database, tmp_path: Path, turn: Turn
) -> None:
    turn(data_dir=str(tmp_path))
    await keep(auth_database, *(entry(number) for number in (1, 2, 3)))
    await note_head(auth_database)
    whole = await verified_trail(auth_database, chunk=2)
    await tamper(auth_database, "DELETE FROM audit_entry WHERE position = 3")
    cut = await verified_trail(auth_database)
    await note_head(auth_database)
    await keep(auth_database, entry(4))
    replaced = await verified_trail(auth_database)
    head_file().write_text(head_file().read_text().replace('"position": 3', '"position": 2'))
    forged = await verified_trail(auth_database)

    assert (whole, cut, replaced) == (([], 3), ([(3, "cut")], 2), ([(3, "cut")], 3))
    assert forged == ([(0, "forged")], 3)
