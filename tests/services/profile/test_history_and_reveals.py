"""History of every field, what was approved on a day, who saw what, and values that administrators reveal."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from services.profile.actions.approvals import note_approval
from services.profile.actions.reveals import reveal
from services.profile.queries import accesses, history as reads
from services.profile.rules.history import Asked, standing_at
from shared.contracts.identity import Caller
from shared.contracts.refusals import Forbidden, Invalid, Missing
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.web import Page
from tests.conftest import Client, notes_told
from tests.services.profile.test_actions_change_requests import approved, asked, decide, wish
from tests.services.profile.world import HEBEI, ID_NUMBER, World

ADMINISTRATOR = Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"}))
WHY = "核对身份信息，工单 2026-118"


async def read(world: World, caller: Caller, wanted: Asked, limit: int = 100, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - options
    """One's own history."""
    found = await world.database.read(reads.history, caller.person, HEBEI, wanted, Page(limit=limit), **more)
    return found.items


async def changed(world: World) -> Caller:
    """An approved applicant whose mobile number was changed since."""
    caller = await approved(world)
    await decide(world, await asked(world, caller, wish("basic", mobile="13805349999")))
    return caller


async def test_a_field_tells_every_version_that_changed_it_the_newest_first(world: World) -> None:
    caller = await changed(world)
    told = await read(world, caller, Asked("basic", "mobile"))
    assert [(item["version"], item["cause"], item["old"], item["new"]) for item in told] == [
        (2, "change_request", "13805340001", "13805349999"),
        (1, "filing", None, "13805340001"),
    ]


async def test_an_entry_that_came_is_one_item_and_one_field_of_it_another(world: World) -> None:
    caller = await changed(world)
    (entry,) = await read(world, caller, Asked("education"))
    assert (entry["kind"], entry["field"], entry["new"]["school"]) == ("added", None, "德州")
    (school,) = await read(world, caller, Asked("education", "school", entry["entry_id"]))
    assert (school["field"], school["old"], school["new"]) == ("school", None, "德州")


async def test_pages_of_a_history_follow_one_another(world: World) -> None:
    caller = await changed(world)
    whole = await read(world, caller, Asked())
    pages, page = [], Page(limit=3)
    while True:
        found = await world.database.read(reads.history, caller.person, HEBEI, Asked(), page)
        pages += found.items
        if found.next_cursor is None:
            break
        last = pages[-1]
        same = [item for item in whole if item["version"] == last["version"]]
        page = Page(limit=3, after=(last["version"], same.index(last) + 1))
    assert pages == whole


async def test_administrators_read_it_under_masks(world: World) -> None:
    caller = await changed(world)
    told = await read(world, caller, Asked("basic", "mobile"), whole=False)
    assert [item["new"] for item in told] == ["*******9999", "*******0001"]
    on = await world.database.read(reads.on_day, caller.person, HEBEI, Asked("basic"), date(2099, 1, 1), whole=False)
    assert on["sections"][0]["values"]["id_number"].startswith("****************")


async def test_what_the_approved_data_said_on_a_day(world: World) -> None:
    caller = await changed(world)

    async def date_back(session: Session) -> None:
        """Put both approvals onto days."""
        for version, day in ((1, "2026-03-01"), (2, "2026-06-15")):
            values = {"at": datetime.fromisoformat(f"{day}T08:00:00+08:00"), "version": version}
            await session.execute(text("UPDATE approval SET approved_at = :at WHERE version = :version"), values)

    await world.database.act(date_back)

    async def on(day: date) -> tuple[int, str]:
        """The version and the mobile number of a day."""
        found = await world.database.read(reads.on_day, caller.person, HEBEI, Asked("basic"), day)
        return found["version"], found["sections"][0]["values"]["mobile"]

    days = [date(2026, 3, 1), date(2026, 6, 14), date(2026, 6, 15)]
    assert [await on(day) for day in days] == [(1, "13805340001"), (1, "13805340001"), (2, "13805349999")]
    with pytest.raises(Missing):
        await on(date(2026, 2, 28))


def test_a_version_stands_until_the_next_was_approved() -> None:
    first, second = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    approvals = [(1, first), (4, second)]
    assert standing_at(approvals, second) == (1, first, second)
    assert standing_at(approvals, datetime(2026, 3, 1, tzinfo=UTC)) == (4, second, None)


async def test_an_approval_heard_twice_is_noted_once(world: World) -> None:
    caller = await approved(world)
    filing = await world.filing(caller)
    await world.database.act(note_approval, filing.submission_id, 1, datetime(2027, 1, 1, tzinfo=UTC))
    noted = await world.database.read(reads.approvals, filing.submission_id)
    assert [(version, at.year) for version, at in noted] == [(1, 2026)]


async def test_sections_and_fields_that_are_not_there_have_no_history(world: World) -> None:
    caller = await approved(world)
    for wanted in (Asked("no_such"), Asked("basic", "no_such"), Asked(None, "no_such")):
        with pytest.raises(Missing):
            await read(world, caller, wanted)


async def test_a_revealed_value_is_noted_for_good_and_seen_by_its_owner(world: World) -> None:
    caller = await approved(world)
    found = await world.database.act(reveal, ADMINISTRATOR, caller.person, "id_number", WHY)
    assert (found["field"], [value["value"] for value in found["values"]]) == ("basic.id_number", [ID_NUMBER])
    (note,) = await notes_told(world.database)
    assert (note.action, note.subject_id, note.reason) == ("value_revealed", str(caller.person), WHY)
    assert ID_NUMBER not in note.model_dump_json()
    (seen,) = (await world.database.read(accesses.accesses, caller.person, HEBEI, Page(limit=20))).items
    assert (seen["kind"], seen["field"], seen["reason"], seen["organization"]) == (
        "reveal",
        "basic.id_number",
        WHY,
        None,
    )


@pytest.mark.parametrize("field", ["name", "basic.name", "basic.address", "education.school", "no_such"])
async def test_only_what_is_shown_masked_can_be_revealed(world: World, field: str) -> None:
    caller = await approved(world)
    with pytest.raises(Invalid, match="invalid"):
        await world.database.act(reveal, ADMINISTRATOR, caller.person, field, WHY)


async def test_nobody_but_administrators_reveals_anything(world: World) -> None:
    caller = await approved(world)
    with pytest.raises(Forbidden):
        await world.database.act(reveal, caller, caller.person, "id_number", WHY)
    with pytest.raises(Missing):
        await world.database.act(reveal, ADMINISTRATOR, new_id(), "id_number", WHY)


async def test_the_doors_of_history_and_reveals(world: World, client: Client) -> None:
    caller = await approved(world)
    mine, theirs = client.as_caller(caller), client.as_caller(ADMINISTRATOR)
    own = await client.get(f"/profiles/{HEBEI}/history?section=basic&field=name", headers=mine)
    assert [item["new"] for item in own.json()["items"]] == ["张伟"]
    day = await client.get(f"/profiles/{HEBEI}/history?on=2099-01-01", headers=mine)
    assert (day.json()["on"], day.json()["version"]) == ("2099-01-01", 1)
    other = await client.get(f"/admin/profiles/{HEBEI}/{caller.person}/history?field=id_number", headers=theirs)
    assert other.json()["items"][0]["new"].startswith("****")
    asked_for = {"account_id": str(caller.person), "field": "id_number", "reason": ""}
    assert (await client.post("/admin/reveals", json=asked_for, headers=theirs)).status_code == 422
    given = await client.post("/admin/reveals", json={**asked_for, "reason": WHY}, headers=theirs)
    assert (given.status_code, given.json()["values"][0]["value"]) == (201, ID_NUMBER)
    listed = (await client.get("/admin/reveals/fields", headers=theirs)).json()["items"]
    assert "basic.id_number" in {item["field"] for item in listed}
