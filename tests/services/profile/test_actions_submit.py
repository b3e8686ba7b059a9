"""Filing: what it freezes, what it tells, and what it refuses."""

from uuid import UUID

import pytest

from services.profile.actions import entries
from services.profile.actions.submit import submit
from shared.contracts.events import Approved
from shared.contracts.refusals import Conflict, Invalid, Missing
from tests.services.profile.world import DEZHOU, World, approval


async def test_a_complete_draft_is_filed_to_its_employer_through_five_tiers(world: World) -> None:
    caller, filed = await world.filed()

    assert filed["status"] == "in_review"
    assert (filed["version"], filed["tier"], filed["membership"], filed["remarks"]) == (1, "employer", None, [])
    assert [(step["tier"], step["state"]) for step in filed["progress"]] == [
        ("employer", "current"),
        ("county_hr_bureau", "todo"),
        ("county_talent_office", "todo"),
        ("city_service_centre", "todo"),
        ("city_talent_office", "todo"),
    ]
    event = await world.filing(caller)
    assert (event.version, event.round, event.number, event.applicant_pinyin) == (1, 1, "DZ-2026-000001", "zhang wei")
    assert [step.organization_id for step in event.route] == [
        world.organizations[name] for name in ("lubei", "hr", "office", "centre", "city")
    ]
    assert [step.working_days for step in event.route] == [5, 5, 5, 10, 10]


async def test_a_municipal_employer_reports_straight_to_the_city(world: World) -> None:
    _caller, filed = await world.filed(employer="institute")

    assert [step["tier"] for step in filed["progress"]] == ["employer", "city_service_centre", "city_talent_office"]


async def test_an_empty_draft_is_refused_with_everything_that_is_missing(world: World) -> None:
    caller = world.applicant()

    with pytest.raises(Invalid) as refused:
        await world.database.act(submit, caller, DEZHOU, None)

    assert refused.value.code == "incomplete"
    assert len([fault for fault in refused.value.faults if fault.section == "basic"]) == 25
    assert [fault.code for fault in refused.value.faults if fault.section in {"education", "work"}] == [
        "too_few_entries",
        "too_few_entries",
    ]


async def test_filing_again_before_the_employer_decides_takes_the_place_of_the_version(world: World) -> None:
    caller, first = await world.filed()

    second = await world.database.act(submit, caller, DEZHOU, world.organizations["lubei"])

    assert (second["submission_id"], second["version"], second["number"]) == (
        first["submission_id"],
        2,
        first["number"],
    )
    assert (await world.filing(caller)).round == 1


async def test_the_organization_named_must_be_the_drafts_employer(world: World) -> None:
    caller = world.applicant()
    await world.fill(caller)

    codes = []
    for name in ("institute", "hebei"):
        with pytest.raises(Invalid) as refused:
            await world.database.act(submit, caller, DEZHOU, world.organizations[name])
        codes.append(refused.value.code)

    assert codes == ["employer_differs", "organization_not_in_programme"]


async def test_a_tier_that_nobody_holds_is_named(world: World) -> None:
    caller = world.applicant()
    await world.fill(caller)
    await world.disable("office", "county_talent_office")

    with pytest.raises(Invalid) as refused:
        await world.database.act(submit, caller, DEZHOU, None)

    assert (refused.value.code, refused.value.members) == (
        "tier_without_organization",
        {"tier": "county_talent_office"},
    )


async def test_scans_that_are_not_ready_keep_a_draft_from_being_filed(world: World) -> None:
    caller = world.applicant()
    ids = await world.fill(caller)
    values = {"scan": [await world.scan(caller, status="processing"), await world.scan(caller, status="rejected")]}
    await world.database.act(
        entries.replace_entry,
        caller,
        DEZHOU,
        "education",
        UUID(ids["education"]),
        {"school": "山东大学", **values},
        None,
    )

    with pytest.raises(Invalid) as refused:
        await world.database.act(submit, caller, DEZHOU, None)

    assert [fault.code for fault in refused.value.faults if fault.field == "scan"] == [
        "scan_processing",
        "scan_rejected",
    ]


async def test_an_account_that_was_never_given_the_programme_finds_nothing(world: World) -> None:
    stranger = world.applicant(("hebei-professional-title",), opened_by="import")

    with pytest.raises(Missing):
        await world.database.act(submit, stranger, DEZHOU, None)


async def test_a_filing_after_approval_is_refused(world: World) -> None:
    caller, _filed = await world.filed()
    await world.hear(Approved(**approval(world, await world.filing(caller))))

    with pytest.raises(Conflict) as refused:
        await world.database.act(submit, caller, DEZHOU, None)

    assert refused.value.code == "approved"
