"""Imports over the API and their jobs: judged, run once whatever dies, handed out once, undone."""

from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select, text
from sqlmodel import col

from services.auth.actions.imports import give_up_chunk, orders, run_chunk
from services.auth.models import ImportChunk
from shared.contracts.events import AccountChanged, AccountOpened
from shared.contracts.identity import Caller
from shared.kit.database import Database, Session
from shared.kit.jobs import Job
from shared.kit.running import run_job
from tests.conftest import events_told
from tests.services.auth.lists import as_csv, as_xlsx, id_number, person
from tests.services.auth.world import HEBEI, Door

JOB = Job(ImportChunk, run_chunk, ("auth.imports",), give_up_chunk)


async def upload(door: Door, caller: Caller, content: bytes, programme: str = HEBEI, **headers: str) -> httpx.Response:
    """Upload a list."""
    return await door.client.post(
        "/admin/accounts/import",
        files={"file": ("名单.xlsx", content)},
        data={"programme": programme},
        headers=door.client.as_caller(caller) | {name.replace("_", "-"): value for name, value in headers.items()},
    )


async def chunks(database: Database, *states: str) -> list[UUID]:
    """The jobs in those states, in order."""
    async with database.transaction() as session:
        found = await session.execute(
            select(col(ImportChunk.id))
            .where(col(ImportChunk.status).in_(states))
            .order_by(col(ImportChunk.task), col(ImportChunk.first))
        )
        return list(found.scalars())


async def work(database: Database) -> None:
    """Do what is queued."""
    for chunk_id in await chunks(database, "queued", "retry"):
        await run_job(database, JOB, chunk_id)


async def imported(door: Door, caller: Caller, *people: list[Any]) -> str:
    """Import these people; gives the import's id."""
    import_id = (await upload(door, caller, as_csv(*people))).json()["import_id"]
    await door("POST", f"/admin/imports/{import_id}/run", caller=caller)
    await work(door.database)
    return str(import_id)


async def shown(door: Door, caller: Caller, import_id: str, query: str = "") -> dict[str, Any]:
    """The import as it is now."""
    answer: dict[str, Any] = (await door("GET", f"/admin/imports/{import_id}{query}", caller=caller)).json()
    return answer


def ends(answer: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Row, outcome, code and username of each row."""
    return [(row["row"], row["outcome"], row["code"], row["username"]) for row in answer["rows"]]


async def accounts(database: Database) -> int:
    """How many accounts there are."""
    async with database.engine.connect() as connection:
        return int((await connection.execute(text("SELECT count(*) FROM account"))).scalar_one())


async def test_a_preview_judges_every_row_and_writes_no_account(door: Door, admin: Caller) -> None:
    rows = [person(1), person(2, name=""), ["", ""], person(1), person(3, employer="无此单位"), person(4)]

    answer = await upload(door, admin, as_xlsx(*rows))

    told = answer.json()
    assert answer.status_code == 202
    assert ends(told) == [
        (2, "ready", None, None),
        (3, "rejected", "name_missing", None),
        (4, "skipped", "blank_row", None),
        (5, "rejected", "id_number_twice", None),
        (6, "rejected", "employer_unknown", None),
        (7, "ready", None, None),
    ]
    assert (told["state"], told["total"], told["done"], told["can_run"]) == ("previewed", 2, 0, True)
    assert told["rows"][3]["message"] == "与第 2 行的身份证件号码相同，请只保留一行。"
    assert told["rows"][0]["name"] == "陈静"
    assert id_number(1) not in answer.text
    assert await accounts(door.database) == 1


async def test_what_is_wrong_is_given_as_a_list_to_mend_by(door: Door, admin: Caller) -> None:
    import_id = await imported(door, admin, person(1), person(2, mobile="x", email="x"), person(3, employer=""))

    answer = await door("GET", f"/admin/imports/{import_id}/troubles.xlsx", caller=admin)

    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[:3] for row in rows] == [
        ["行", "姓名", "列"],
        ["3", "陈静", "移动电话"],
        ["3", "陈静", "电子邮箱"],
        ["4", "陈静", "所在单位"],
    ]
    assert rows[3][3] == "请填写所在单位。"
    assert id_number(2) not in str(rows)


async def test_a_run_opens_the_accounts_with_passwords_that_must_be_changed(door: Door, admin: Caller) -> None:
    import_id = await imported(door, admin, person(1), person(2, name="李娜"), person(3), person(4, mobile="x"))

    told = await shown(door, admin, import_id)
    sheet = await door("GET", f"/admin/imports/{import_id}/credentials.xlsx", caller=admin)
    again = await door("GET", f"/admin/imports/{import_id}/credentials.xlsx", caller=admin)
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    entered = await door.log_in("chen.jing2", str(rows[3][2]))

    assert ends(told) == [
        (2, "created", None, "chen.jing"),
        (3, "created", None, "li.na"),
        (4, "created", None, "chen.jing2"),
        (5, "rejected", "not_a_mobile", None),
    ]
    assert (told["state"], told["total"], told["done"], told["credentials"]) == ("done", 3, 3, "waiting")
    assert [row[:2] for row in rows] == [
        ["姓名", "用户名"],
        ["陈静", "chen.jing"],
        ["李娜", "li.na"],
        ["陈静", "chen.jing2"],
    ]
    assert len({row[2] for row in rows[1:]}) == 3
    assert (again.status_code, again.json()["code"]) == (410, "credentials_fetched")
    assert (entered.status_code, entered.json()["must_change_password"]) == (201, True)


async def test_what_was_imported_is_told_to_profile_and_never_in_an_event(door: Door, admin: Caller) -> None:
    await imported(door, admin, person(1))
    (told,) = [
        event for event in await events_told(door.database) if event.__class__ is AccountOpened and event.programme
    ]
    origin = await door(
        "GET", f"/internal/accounts/{told.account_id}/origin?programme={HEBEI}", caller=Caller(actor="profile")
    )

    assert isinstance(told, AccountOpened)
    assert (told.username, told.opened_by, told.programmes, told.roles) == (
        "chen.jing",
        "import",
        (HEBEI,),
        ("applicant",),
    )
    assert id_number(1) not in told.model_dump_json()
    said = origin.json()["imported"]
    assert (said["id_number"], said["id_type"], said["mobile"]) == (id_number(1), "citizen_id", "13831100001")
    assert said["organization_id"] is not None


async def test_who_has_an_account_gains_the_programme(door: Door, admin: Caller) -> None:
    first = await imported(door, admin, person(1))
    async with door.database.engine.begin() as connection:
        await connection.execute(text("UPDATE account_programme SET programme = 'another'"))
    answer = (await upload(door, admin, as_csv(person(1), person(1, name="李娜")))).json()
    again = await shown(door, admin, answer["import_id"])
    await door("POST", f"/admin/imports/{answer['import_id']}/run", caller=admin)
    await work(door.database)
    told = [event for event in await events_told(door.database) if isinstance(event, AccountChanged)]

    assert ends(again) == [(2, "known", None, None), (3, "rejected", "id_number_twice", None)]
    assert ends(await shown(door, admin, answer["import_id"]))[0] == (2, "added", None, "chen.jing")
    assert [event.programmes for event in told] == [("another", HEBEI)]
    assert (await shown(door, admin, first))["rows"][0]["username"] == "chen.jing"


async def test_what_changed_since_the_preview_is_judged_again(door: Door, admin: Caller) -> None:
    answers = [(await upload(door, admin, as_csv(person(1), person(2)))).json()["import_id"] for _ in range(2)]
    for import_id in answers:
        await door("POST", f"/admin/imports/{import_id}/run", caller=admin)
    await work(door.database)

    assert [row[1:3] for row in ends(await shown(door, admin, answers[1]))] == [("failed", "already_imported")] * 2
    assert await accounts(door.database) == 3


async def test_a_run_that_dies_in_the_middle_goes_on_and_finishes_once(
    door: Door, admin: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "CHUNK", 2)
    import_id = (await upload(door, admin, as_csv(*(person(number) for number in range(1, 8))))).json()["import_id"]
    await door("POST", f"/admin/imports/{import_id}/run", caller=admin)
    first, second, *_rest = await chunks(door.database, "queued")
    await run_job(door.database, JOB, first)

    with monkeypatch.context() as dying:
        dying.setattr("services.auth.actions.imports.chunks.close", _die)
        await run_job(door.database, JOB, second)
    half = await shown(door, admin, import_id)
    async with door.database.engine.begin() as connection:
        await connection.execute(text("UPDATE import_chunk SET next_at = juxian_now() - interval '1 minute'"))
    await run_job(door.database, JOB, first)
    await work(door.database)
    whole = await shown(door, admin, import_id)

    assert (half["state"], half["done"], half["total"]) == ("running", 2, 7)
    assert (whole["state"], whole["done"], whole["counts"]["created"]) == ("done", 7, 7)
    assert await accounts(door.database) == 8
    assert sum(isinstance(event, AccountOpened) for event in await events_told(door.database)) == 8
    assert len({row["username"] for row in whole["rows"]}) == 7


async def _die(_session: Session, _import_id: UUID) -> None:
    """What a worker does that is killed before its commit."""
    message = "killed"
    raise OSError(message)


async def test_rows_of_a_job_that_fails_for_good_are_told_so(door: Door, admin: Caller) -> None:
    import_id = (await upload(door, admin, as_csv(person(1)))).json()["import_id"]
    await door("POST", f"/admin/imports/{import_id}/run", caller=admin)
    async with door.database.engine.begin() as connection:
        await connection.execute(text("UPDATE import_chunk SET status = 'failed'"))
    (chunk_id,) = await chunks(door.database, "failed")

    await door.database.act(give_up_chunk, chunk_id)

    told = await shown(door, admin, import_id)
    assert (told["state"], ends(told), told["credentials"]) == ("done", [(2, "failed", "not_created", None)], "none")


async def test_a_list_that_comes_again_is_skipped_where_nothing_is_left_to_do(door: Door, admin: Caller) -> None:
    await imported(door, admin, person(1))

    answer = (await upload(door, admin, as_csv(person(1), person(2), person(1, name="李娜")))).json()

    assert ends(await shown(door, admin, answer["import_id"])) == [
        (2, "skipped", "already_imported", None),
        (3, "ready", None, None),
        (4, "rejected", "id_number_twice", None),
    ]
