"""Change requests: what may be asked for, who wins, and what approved data become of it."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from services.profile.actions import seals
from services.profile.actions.change_requests import Asked, ask_change, withdraw_change
from services.profile.actions.entries import save_section
from services.profile.queries import profiles, snapshots
from services.profile.rules.changes import Kind
from services.profile.rules.seals import Asked as Seal
from shared.contracts.events import Approved, ChangeApplied, ChangeDecided, ChangeRequested, ChangeWithdrawn
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Invalid, Missing
from shared.kit.ids import new_id
from tests.services.profile.world import AT, HEBEI, World, approval, organization


def wish(section: str, kind: Kind = "change", entry: str | None = None, **changes: object) -> Asked:
    """A request as it is sent."""
    return Asked(section, kind, UUID(entry) if entry else None, changes, (), "信息有误")


async def approved(world: World) -> Caller:
    """An applicant of the Hebei programme whose data are approved."""
    caller, _filed = await world.filed(HEBEI, "hebei")
    given = {"category": None, "number": None}
    await world.hear(Approved(**approval(world, await world.filing(caller), **given)))
    return caller


async def asked(world: World, caller: Caller, wanted: Asked) -> dict[str, Any]:
    """File a request."""
    return await world.database.act(ask_change, caller, HEBEI, wanted, "zh")


async def decide(world: World, request: dict[str, Any], decision: str = "approve") -> None:
    """Hear of a decision."""
    told = next(event for event in await world.told(world.database) if isinstance(event, ChangeRequested))
    await world.hear(
        ChangeDecided(
            change_request_id=request["change_request_id"],
            submission_id=request["submission_id"],
            programme=HEBEI,
            account_id=told.account_id,
            applicant_name=told.applicant_name,
            employer_name=told.employer_name,
            section=request["section"],
            kind=request["kind"],
            fields=tuple(change["field"] for change in request["changes"]),
            tier=told.tier,
            organization_id=told.organization_id,
            organization_name=told.organization_name,
            decision=decision,  # type: ignore[arg-type]  # Pydantic judges the word
            comment="不予同意" if decision == "reject" else None,
            decided_at=AT,
            reviewer_id=new_id(),
        )
    )


async def section_of(world: World, caller: Caller, name: str) -> dict[str, Any]:
    """A section of the applicant's profile."""
    shown = await world.database.read(profiles.profile, caller.person, HEBEI, "zh")
    assert shown is not None
    found: dict[str, Any] = next(part for part in shown["sections"] if part["section"] == name)
    return found


async def test_an_approved_request_becomes_the_next_version_and_nothing_else_moves(world: World) -> None:
    caller = await approved(world)
    before = await section_of(world, caller, "basic")
    request = await asked(world, caller, wish("basic", mobile="13805349999"))
    assert request["changes"] == [{"field": "mobile", "old": "13805340001", "new": "13805349999"}]
    assert (request["status"], request["applicant"]["name"]) == ("waiting", "张伟")

    await decide(world, request)

    after = await section_of(world, caller, "basic")
    assert after["values"] == {**before["values"], "mobile": "13805349999"}
    applied = [event for event in await world.told(world.database) if isinstance(event, ChangeApplied)]
    assert [(event.version, event.round) for event in applied] == [(2, 1)]
    version = await world.database.read(snapshots.for_review, applied[0].submission_id, 2)
    assert version["sections"][0]["values"]["mobile"] == "13805349999"
    assert version["content_hash"] == applied[0].content_hash
    with pytest.raises(Conflict):
        await world.database.act(save_section, caller, HEBEI, "basic", {}, None)


async def test_a_request_tells_the_names_of_the_employers_that_it_is_about(world: World) -> None:
    caller = await approved(world)
    told = organization("冀中工程设计院", "employer", "130100", programme=HEBEI)
    await world.hear(told)
    old, new = world.organizations["hebei"], told.aggregate_id

    request = await asked(world, caller, wish("basic", employer=str(new)))

    names = {one["organization_id"]: one["name"] for one in request["organizations"]}
    assert (set(names), names[str(new)]) == ({str(old), str(new)}, "冀中工程设计院")
    other = await asked(world, caller, wish("basic", mobile="13805349999"))
    assert other["organizations"] == []


async def test_a_rejected_request_changes_nothing_and_frees_its_field(world: World) -> None:
    caller = await approved(world)
    request = await asked(world, caller, wish("basic", post="总工程师"))

    await decide(world, request, "reject")

    assert "post" not in (await section_of(world, caller, "basic"))["values"]
    assert (await asked(world, caller, wish("basic", post="总工程师")))["status"] == "waiting"


async def test_the_same_field_waits_once_and_a_whole_entry_collides_with_its_fields(world: World) -> None:
    caller = await approved(world)
    entry = (await section_of(world, caller, "education"))["entries"][0]["entry_id"]
    await asked(world, caller, wish("basic", post="总工程师"))
    await asked(world, caller, wish("basic", mobile="13805349999"))
    await asked(world, caller, wish("education", entry=entry, school="河北大学"))
    added = wish("education", "add", **(await section_of(world, caller, "education"))["entries"][0]["values"])
    await asked(world, caller, added)
    await decide(world, await asked(world, caller, added))

    for again in (wish("basic", post="主任"), wish("education", "remove", entry)):
        with pytest.raises(Conflict) as refused:
            await asked(world, caller, again)
        assert refused.value.code == "already_waiting"


async def test_an_entry_is_added_and_another_removed(world: World) -> None:
    caller = await approved(world)
    first = (await section_of(world, caller, "education"))["entries"][0]
    await decide(
        world, await asked(world, caller, wish("education", "add", **first["values"] | {"school": "河北大学"}))
    )
    await decide(world, await asked(world, caller, wish("education", "remove", first["entry_id"])))

    entries = (await section_of(world, caller, "education"))["entries"]

    assert [entry["values"]["school"] for entry in entries] == ["河北大学"]
    assert first["entry_id"] != entries[0]["entry_id"]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (wish("none-such"), "unknown_section"),
        (wish("basic"), "nothing_changed"),
        (wish("basic", mobile="13805340001"), "nothing_changed"),
        (wish("basic", strange="x"), "unknown_field"),
        (wish("basic", mobile=None), "required"),
        (wish("basic", mobile="*******0001"), "masked_value"),
        (wish("basic", employer=str(new_id())), "unknown_organization"),
        (wish("basic", "remove"), "unknown_entry"),
        (wish("basic", "add", post="x"), "unknown_entry"),
        (wish("education", entry=str(new_id()), school="x"), "unknown_entry"),
        (wish("education", "add"), "required"),
    ],
)
async def test_what_cannot_be_is_refused(world: World, wanted: Asked, code: str) -> None:
    caller = await approved(world)

    with pytest.raises(Invalid) as refused:
        await asked(world, caller, wanted)

    assert refused.value.faults[0].code == code


async def test_the_last_entry_of_a_section_that_needs_one_stays(world: World) -> None:
    caller = await approved(world)
    entry = (await section_of(world, caller, "work"))["entries"][0]["entry_id"]

    with pytest.raises(Invalid) as refused:
        await asked(world, caller, wish("work", "remove", entry))

    assert refused.value.faults[0].code == "too_few_entries"


async def test_nothing_can_be_asked_for_before_approval(world: World) -> None:
    caller, _filed = await world.filed(HEBEI, "hebei")

    with pytest.raises(Conflict) as refused:
        await asked(world, caller, wish("basic", post="主任"))

    assert refused.value.code == "not_approved"


async def test_a_withdrawn_request_is_told_and_another_persons_is_not_there(world: World) -> None:
    caller = await approved(world)
    request_id = UUID((await asked(world, caller, wish("basic", post="主任")))["change_request_id"])

    with pytest.raises(Missing):
        await world.database.act(withdraw_change, world.applicant(), request_id, "zh")
    withdrawn = await world.database.act(withdraw_change, caller, request_id, "zh")
    with pytest.raises(Conflict):
        await world.database.act(withdraw_change, caller, request_id, "zh")

    assert withdrawn["status"] == "withdrawn"
    assert [type(event) for event in await world.told(world.database)][-1] is ChangeWithdrawn


async def test_of_seal_and_withdrawal_of_a_request_exactly_one_wins(world: World) -> None:
    caller = await approved(world)
    for _round in range(40):
        request = await asked(world, caller, wish("basic", post="主任"))
        request_id = UUID(request["change_request_id"])

        async def seal(item: UUID = request_id) -> bool:
            """Whether the seal was given."""
            answer = await world.database.act(seals.seal, [Seal("change_request", item, 1)])
            return bool(answer["items"][0]["sealed"])

        async def withdraw(item: UUID = request_id) -> bool:
            """Whether the withdrawal was taken."""
            try:
                await world.database.act(withdraw_change, caller, item, "zh")
            except Conflict:
                return False
            return True

        won = await asyncio.gather(seal(), withdraw())
        assert sorted(won) == [False, True]
        if won[0]:
            await decide(world, request, "reject")
