"""Change requests that wait side by side, and how many entries a section takes."""

from typing import Any

import pytest

from services.profile.actions.entries import add_entry
from services.profile.queries import change_requests as reads
from services.profile.rules import contents
from services.profile.rules.changes import Change, Waiting, check_beside
from shared.contracts.identity import Caller
from shared.contracts.refusals import Invalid
from shared.kit.web import Page
from shared.programmes.catalogue import PROGRAMMES
from tests.services.profile.test_actions_change_requests import approved, asked, decide, section_of, wish
from tests.services.profile.world import DEZHOU, HEBEI, World

WORK = PROGRAMMES[HEBEI].section("work")


async def entry_of(world: World, caller: Caller, section: str) -> dict[str, Any]:
    """The first entry of a section."""
    found: dict[str, Any] = (await section_of(world, caller, section))["entries"][0]
    return found


async def refused(world: World, caller: Caller, wanted: Any) -> str:  # noqa: ANN401 - a request
    """The first code that a request is refused with."""
    with pytest.raises(Invalid) as error:
        await asked(world, caller, wanted)
    return error.value.faults[0].code if error.value.faults else error.value.code


async def test_removals_that_wait_together_leave_the_minimum(world: World) -> None:
    caller = await approved(world)
    first = await entry_of(world, caller, "education")
    await decide(world, await asked(world, caller, wish("education", "add", **first["values"])))
    entries = (await section_of(world, caller, "education"))["entries"]
    await asked(world, caller, wish("education", "remove", entries[0]["entry_id"]))
    assert await refused(world, caller, wish("education", "remove", entries[1]["entry_id"])) == "too_few_entries"


async def test_fields_asked_for_one_by_one_must_fit_each_other(world: World) -> None:
    caller = await approved(world)
    entry = (await entry_of(world, caller, "education"))["entry_id"]
    await decide(world, await asked(world, caller, wish("education", entry=entry, ended_on="2014-07-01")))
    await asked(world, caller, wish("education", entry=entry, started_on="2013-09-01"))
    earlier = wish("education", entry=entry, ended_on="2012-07-01")
    assert await refused(world, caller, earlier) == "end_before_start"
    assert (await asked(world, caller, wish("education", entry=entry, school="河北大学")))["status"] == "waiting"


async def test_an_employer_of_another_programme_cannot_be_asked_for(world: World) -> None:
    caller = await approved(world)
    wanted = wish("basic", employer=str(world.organizations["lubei"]))
    assert await refused(world, caller, wanted) == "organization_not_in_programme"


async def test_a_section_takes_so_many_entries_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = world.applicant()
    given = {"direction": "新材料", "discipline": "材料科学"}
    monkeypatch.setattr(contents, "MOST_ENTRIES", 2)
    for _number in range(2):
        await world.database.act(add_entry, caller, DEZHOU, "research_directions", given)
    with pytest.raises(Invalid) as error:
        await world.database.act(add_entry, caller, DEZHOU, "research_directions", given)
    assert [(fault.code, fault.section) for fault in error.value.faults] == [
        ("too_many_entries", "research_directions")
    ]


def test_additions_that_wait_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_ENTRIES", 2)
    added = [Change("post", None, "工程师")]
    check_beside(WORK, {"work": [("a", {})]}, "add", None, added, [])
    with pytest.raises(Invalid):
        check_beside(WORK, {"work": [("a", {})]}, "add", None, added, [Waiting("add", None, added)])


async def test_the_list_is_of_one_programme_or_state_where_asked(world: World) -> None:
    caller = await approved(world)
    await asked(world, caller, wish("basic", post="主任"))
    page = Page(limit=20)

    async def count(programme: str | None, status: str | None) -> int:
        """How many are listed."""
        found = await world.database.read(
            reads.change_requests, caller.person, page, "zh", programme=programme, status=status
        )
        return len(found.items)

    asked_for = [(None, None), (HEBEI, "waiting"), (DEZHOU, None), (None, "approved")]
    assert [await count(*one) for one in asked_for] == [1, 1, 0, 0]
