"""Saving the draft: what is kept, in which order, who was faster, and what is refused before what."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from services.profile.actions import entries
from services.profile.queries.profiles import profile
from shared.contracts.events import Approved, TierDecided
from shared.contracts.refusals import Changed, Conflict, Invalid, Missing
from shared.kit.ids import new_id
from shared.programmes.catalogue import PROGRAMMES
from tests.services.profile.world import DEZHOU, HEBEI, World, approval


async def test_a_profile_begins_with_what_the_registration_gave(world: World) -> None:
    caller = world.applicant(
        name="李娜",
        mobile="13805340002",
        email="li.na@demo.juxian.test",
        talent_type="innovation",
        research_direction="金属材料",
    )

    await world.database.act(entries.save_sections, caller, DEZHOU, {})
    shown = await world.database.read(profile, caller.person, DEZHOU, "zh")

    assert shown is not None
    assert shown["registration"] == {"talent_type": "innovation", "research_direction": "金属材料"}
    assert shown["sections"][0]["values"] == {
        "name": "李娜",
        "mobile": "13805340002",
        "email": "li.na@demo.juxian.test",
    }
    assert (shown["status"], shown["submission_id"], shown["sections"][0]["etag"]) == ("draft", None, '"1"')


async def test_an_import_begins_the_profile_with_the_employer(world: World) -> None:
    employer = str(world.organizations["hebei"])
    caller = world.applicant((HEBEI,), opened_by="import", name="陈静", employer=employer)

    saved = await world.database.act(entries.add_entry, caller, HEBEI, "education", {"school": "河北工业大学"})
    shown = await world.database.read(profile, caller.person, HEBEI, "zh")

    assert shown is not None
    assert shown["sections"][0]["values"] == {"name": "陈静", "employer": employer}
    assert shown["sections"][1]["entries"] == [saved]


async def test_an_assigned_account_has_exactly_its_programmes(world: World) -> None:
    assigned = world.applicant((HEBEI,), opened_by="import")
    registered = world.applicant()

    for caller, slug in ((assigned, DEZHOU), (registered, HEBEI), (registered, "none-such")):
        with pytest.raises(Missing):
            await world.database.act(entries.save_section, caller, slug, "basic", {}, None)


async def test_a_field_left_out_is_emptied(world: World) -> None:
    caller = world.applicant(name="李娜")

    await world.database.act(entries.save_section, caller, DEZHOU, "basic", {"post": "工程师"}, None)
    saved = await world.database.act(entries.save_section, caller, DEZHOU, "basic", {"address": "德州"}, None)

    assert (saved["values"], saved["etag"], saved["complete"]) == ({"address": "德州"}, '"3"', False)


async def test_who_was_slower_is_told(world: World) -> None:
    caller = world.applicant()
    save = entries.save_section
    await world.database.act(save, caller, DEZHOU, "basic", {"post": "工程师"}, 0)

    for stale in (0, 2):
        with pytest.raises(Changed):
            await world.database.act(save, caller, DEZHOU, "basic", {"post": "主任"}, stale)

    assert (await world.database.act(save, caller, DEZHOU, "basic", {"post": "主任"}, 1))["etag"] == '"2"'


async def test_an_entry_is_replaced_at_its_place_and_removed(world: World) -> None:
    caller = world.applicant()
    act, add = world.database.act, entries.add_entry
    added = [await act(add, caller, DEZHOU, "honours", {"title": title}) for title in ("一", "二", "三")]
    first, second, third = (UUID(one["entry_id"]) for one in added)

    await act(entries.replace_entry, caller, DEZHOU, "honours", second, {"title": "贰"}, 1)
    with pytest.raises(Changed):
        await act(entries.replace_entry, caller, DEZHOU, "honours", second, {"title": "两"}, 1)
    with pytest.raises(Changed):
        await act(entries.remove_entry, caller, DEZHOU, "honours", third, 2)
    await act(entries.remove_entry, caller, DEZHOU, "honours", first, 1)

    shown = await world.database.read(profile, caller.person, DEZHOU, "zh")
    honours = next(part for part in (shown or {})["sections"] if part["section"] == "honours")
    assert [entry["values"]["title"] for entry in honours["entries"]] == ["贰", "三"]


async def test_another_persons_entry_is_not_there(world: World) -> None:
    owner, other = world.applicant(), world.applicant()
    added = await world.database.act(entries.add_entry, owner, DEZHOU, "honours", {"title": "先进"})

    for entry_id, section in ((UUID(added["entry_id"]), "honours"), (new_id(), "honours")):
        with pytest.raises(Missing):
            await world.database.act(entries.replace_entry, other, DEZHOU, section, entry_id, {}, None)
    with pytest.raises(Missing):
        await world.database.act(entries.replace_entry, owner, DEZHOU, "patents", UUID(added["entry_id"]), {}, None)


async def test_only_what_is_there_and_ones_own_can_be_named(world: World) -> None:
    caller, other = world.applicant(), world.applicant()
    await world.disable("hr", "county_hr_bureau")
    values = {
        "photo": await world.scan(other, "photo"),
        "id_scan": [str(new_id()), await world.scan(caller, "id_scan")],
        "employer": str(world.organizations["hr"]),
    }

    with pytest.raises(Invalid) as refused:
        await world.database.act(entries.save_section, caller, DEZHOU, "basic", values, None)

    assert [(fault.field, fault.code) for fault in refused.value.faults] == [
        ("photo", "unknown_scan"),
        ("id_scan", "unknown_scan"),
        ("employer", "unknown_organization"),
    ]


async def test_saving_all_sections_is_whole_or_not_at_all(world: World) -> None:
    caller = world.applicant(name="李娜")

    with pytest.raises(Invalid) as refused:
        await world.database.act(
            entries.save_sections, caller, DEZHOU, {"basic": {"strange": 1, "post": "主任"}, "titles": {}, "x": {}}
        )

    assert [(fault.section, fault.code) for fault in refused.value.faults] == [
        ("titles", "unknown_section"),
        ("x", "unknown_section"),
        ("basic", "unknown_field"),
    ]
    assert await world.database.read(profile, caller.person, DEZHOU, "zh") is None


async def test_the_draft_is_free_until_the_employer_has_decided(world: World) -> None:
    caller, _filed = await world.filed()
    save = entries.save_section
    await world.database.act(save, caller, DEZHOU, "basic", {"post": "工程师"}, None)
    filing = await world.filing(caller)
    await world.hear(
        TierDecided(
            **world.decided(filing, "employer"),
            next_tier="county_hr_bureau",
            next_organization_id=world.organizations["hr"],
            next_organization_name="德城区人力资源和社会保障局",
        )
    )

    with pytest.raises(Conflict) as refused:
        await world.database.act(save, caller, DEZHOU, "basic", {"strange": "judged after the state"}, None)

    assert refused.value.code == "in_review"
    assert refused.value.members["tier"] == "county_hr_bureau"


async def test_an_approved_draft_is_locked(world: World) -> None:
    caller, _filed = await world.filed()
    await world.hear(Approved(**approval(world, await world.filing(caller))))

    with pytest.raises(Conflict) as refused:
        await world.database.act(entries.add_entry, caller, DEZHOU, "honours", {"title": "先进"})

    assert refused.value.code == "approved"


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    """The statements that reach the database during the block."""
    statements: list[str] = []

    def note(*given: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own signature
        """Note one."""
        statements.append(given[2])

    engine = world.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


async def test_reading_a_profile_takes_three_statements_however_many_entries(world: World) -> None:
    caller = world.applicant(name="李娜")
    for entries_more in (1, 4):
        for number in range(entries_more):
            await world.database.act(entries.add_entry, caller, DEZHOU, "honours", {"title": f"先进 {number}"})
        with counted(world) as statements:
            await world.database.read(profile, caller.person, DEZHOU, "zh")
        assert len(statements) <= 3


async def test_a_save_takes_five_statements_with_all_that_it_names(world: World) -> None:
    caller = world.applicant()
    values = await world.values(caller, PROGRAMMES[DEZHOU].section("basic"), "lubei")
    await world.database.act(entries.save_section, caller, DEZHOU, "basic", values, None)
    with counted(world) as statements:
        await world.database.act(entries.save_section, caller, DEZHOU, "basic", values, None)

    assert len([one for one in statements if "person_key" not in one]) == 5
