"""The order of entries, entries that come back, sections with nothing to declare, and what a filing would change."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.profile.actions import arranging, entries
from services.profile.queries import profiles
from shared.contracts.events import Approved
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Invalid, Missing
from shared.kit.ids import new_id
from tests.conftest import Client
from tests.services.profile.world import DEZHOU, World, approval

HONOURS = f"/profiles/{DEZHOU}/sections/honours"


async def add(world: World, caller: Caller, title: str) -> str:
    """An honour; gives its id."""
    added = await world.database.act(entries.add_entry, caller, DEZHOU, "honours", {"title": title})
    return str(added["entry_id"])


async def shown(world: World, caller: Caller) -> dict[str, Any]:
    """The profile."""
    found = await world.database.read(profiles.profile, caller.person, DEZHOU, "zh")
    assert found is not None
    return found


async def titles(world: World, caller: Caller) -> list[str]:
    """The honours as they stand."""
    section = next(one for one in (await shown(world, caller))["sections"] if one["section"] == "honours")
    return [entry["values"]["title"] for entry in section["entries"]]


async def test_entries_stand_as_they_were_put_and_later_ones_behind(world: World, client: Client) -> None:
    caller = world.applicant()
    ids = [await add(world, caller, title) for title in ("甲", "乙", "丙")]
    headers = client.as_caller(caller)

    body = {"entries": [ids[2], ids[0], ids[1]]}
    answer = await client.put(f"{HONOURS}/order", headers=headers, json=body)
    await add(world, caller, "丁")

    assert [one["entry_id"] for one in answer.json()["entries"]] == body["entries"]
    assert await titles(world, caller) == ["丙", "甲", "乙", "丁"]
    for wrong in (ids[:2], [*ids, ids[0]], [*ids, str(new_id())]):
        refused = await client.put(f"{HONOURS}/order", headers=headers, json={"entries": wrong})
        assert (refused.status_code, refused.json()["code"]) == (422, "order_incomplete")


async def test_a_removed_entry_comes_back_as_it_was(world: World, client: Client) -> None:
    caller = world.applicant()
    ids = [await add(world, caller, title) for title in ("甲", "乙")]
    headers = client.as_caller(caller)
    await client.delete(f"{HONOURS}/entries/{ids[0]}", headers=headers)

    restored = await client.post(f"{HONOURS}/entries/{ids[0]}/restoration", headers=headers)

    assert (restored.status_code, restored.json()) == (
        200, {"entry_id": ids[0], "etag": '"2"', "values": {"title": "甲"}},
    )  # fmt: skip
    assert await titles(world, caller) == ["甲", "乙"]
    again = await client.post(f"{HONOURS}/entries/{ids[0]}/restoration", headers=headers)
    assert again.status_code == 404


async def test_nobody_else_puts_an_entry_back(world: World) -> None:
    caller, other = world.applicant(), world.applicant()
    entry_id = (await world.database.act(entries.add_entry, caller, DEZHOU, "honours", {"title": "甲"}))["entry_id"]
    await world.database.act(entries.remove_entry, caller, DEZHOU, "honours", entry_id, None)

    for who, section in ((other, "honours"), (caller, "patents")):
        with pytest.raises(Missing):
            await world.database.act(arranging.restore_entry, who, DEZHOU, section, entry_id)


async def test_a_removed_entry_is_forgotten_after_a_day(world: World) -> None:
    caller = world.applicant()
    gone, fresh = [await add(world, caller, title) for title in ("甲", "乙")]
    for entry_id in (gone, fresh):
        await world.database.act(entries.remove_entry, caller, DEZHOU, "honours", UUID(entry_id), None)
    aged = text("UPDATE removed_entry SET removed_at = removed_at - make_interval(secs => :age) WHERE id = :id")
    age = (arranging.KEPT + timedelta(minutes=1)).total_seconds()
    await world.database.act(lambda session: session.execute(aged, {"age": age, "id": gone}))

    with pytest.raises(Missing):
        await world.database.act(arranging.restore_entry, caller, DEZHOU, "honours", UUID(gone))
    await arranging.forget_removed(world.database)

    kept = await world.database.read(lambda session: session.execute(text("SELECT id FROM removed_entry")))
    assert [str(row.id) for row in kept] == [fresh]


async def test_a_section_is_declared_empty_until_it_has_an_entry(world: World, client: Client) -> None:
    caller = world.applicant()
    headers = client.as_caller(caller)
    await world.database.act(entries.save_sections, caller, DEZHOU, {})

    assert (await client.put(f"{HONOURS}/absence", headers=headers)).status_code == 204
    assert (await shown(world, caller))["confirmed_none"] == ["honours"]
    entry_id = await add(world, caller, "甲")
    assert (await shown(world, caller))["confirmed_none"] == []
    with pytest.raises(Conflict, match="section_has_entries"):
        await world.database.act(arranging.declare_none, caller, DEZHOU, "honours", none=True)
    await client.delete(f"{HONOURS}/entries/{entry_id}", headers=headers)
    assert (await shown(world, caller))["confirmed_none"] == []
    await client.put(f"{HONOURS}/absence", headers=headers)
    assert (await client.delete(f"{HONOURS}/absence", headers=headers)).status_code == 204
    assert (await shown(world, caller))["confirmed_none"] == []


async def test_a_required_section_is_never_empty_and_an_approved_draft_is_locked(world: World) -> None:
    with pytest.raises(Invalid, match="section_required"):
        await world.database.act(arranging.declare_none, world.applicant(), DEZHOU, "work", none=True)
    caller, _filed = await world.filed()
    await world.hear(Approved(**approval(world, await world.filing(caller))))
    with pytest.raises(Conflict, match="approved"):
        await world.database.act(arranging.declare_none, caller, DEZHOU, "honours", none=True)


async def test_what_the_next_filing_would_change_is_told(world: World, client: Client) -> None:
    caller = world.applicant()
    headers = client.as_caller(caller)
    nothing: dict[str, object] = {"version": None, "items": [], "organizations": []}
    assert (await client.get(f"/profiles/{DEZHOU}/changes", headers=headers)).json() == nothing
    filer, _filed = await world.filed()
    headers = client.as_caller(filer)
    added = await world.database.act(entries.add_entry, filer, DEZHOU, "honours", {"title": "甲"})

    told = (await client.get(f"/profiles/{DEZHOU}/changes", headers=headers)).json()

    assert [one["organization_id"] for one in told.pop("organizations")] == [str(world.organizations["lubei"])]
    assert told == {
        "version": 1,
        "items": [{"section": "honours", "entry_id": added["entry_id"], "field": None, "kind": "added", "old": None,
                   "new": {"title": "甲"}}],
    }  # fmt: skip


async def test_every_profile_that_was_begun_comes_in_one_answer(world: World, client: Client) -> None:
    caller, _filed = await world.filed()
    headers = client.as_caller(caller)

    found = (await client.get("/profiles?include=submission", headers=headers)).json()

    alone = (await client.get(f"/profiles/{DEZHOU}?include=submission", headers=headers)).json()
    assert found == {"items": [alone], "next_cursor": None}
    nobody = client.as_caller(world.applicant())
    assert (await client.get("/profiles", headers=nobody)).json()["items"] == []
