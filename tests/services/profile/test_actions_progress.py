"""What is heard of a case: progress, returns and approvals, the same in whatever order the events come."""

import itertools
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from services.profile.actions.submit import submit
from services.profile.models import Submission
from services.profile.queries.accesses import accesses
from services.profile.queries.submissions import submission
from shared.contracts.events import (
    Approved,
    DossierOpened,
    Event,
    HolidayChanged,
    Remark,
    Returned,
    SubmissionFiled,
    TierDecided,
    TierReached,
)
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.web.paging import Page
from tests.services.profile.world import AT, DEZHOU, World, approval

NEXT = {"employer": "hr", "county_hr_bureau": "office"}


def reached(world: World, filing: SubmissionFiled, tier: str) -> TierReached:
    """The event of a tier that has the case."""
    return TierReached(**world.of_case(filing, tier, reached_at=AT, due_on=date(2026, 11, 27), again=False))


def passed(world: World, filing: SubmissionFiled, tier: str) -> TierDecided:
    """The event of a tier that approved."""
    following = filing.route[[step.tier for step in filing.route].index(tier) + 1]
    return TierDecided(
        **world.decided(filing, tier, comment="同意"),
        next_tier=following.tier,
        next_organization_id=following.organization_id,
        next_organization_name=following.organization_name,
    )


def returned(world: World, filing: SubmissionFiled, tier: str, *remarks: Remark) -> Returned:
    """The event of a tier that returned the case."""
    given = {"comment": "请补充材料", "remarks": remarks, "file_again_until": date(2026, 12, 11)}
    return Returned(**world.decided(filing, tier, **given))


async def shown(world: World, caller: Caller) -> dict[str, Any]:
    """The applicant's submission."""
    filing = await world.filing(caller)
    return await world.database.read(submission, caller.person, filing.submission_id)


def states(found: dict[str, Any]) -> list[str]:
    """The states of the tiers."""
    return [step["state"] for step in found["progress"]]


async def test_tiers_and_a_return_end_the_same_in_any_order(world: World) -> None:
    for order in itertools.permutations(range(4)):
        await _ends_returned(world, order)


async def _ends_returned(world: World, order: tuple[int, ...]) -> None:
    """Hear four events in that order, and look at what came of it."""
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    remark = Remark(comment="年月不符", section="basic", field="born_on")
    events: list[Event] = [
        reached(world, filing, "employer"),
        passed(world, filing, "employer"),
        reached(world, filing, "county_hr_bureau"),
        returned(world, filing, "county_hr_bureau", remark),
    ]

    for position in order:
        await world.hear(events[position])
    found = await shown(world, caller)

    assert (found["status"], found["tier"]) == ("returned", None)
    assert states(found) == ["done", "done", "todo", "todo", "todo"]
    assert [step["decision"] for step in found["progress"]] == ["approve", "return", None, None, None]
    assert [(item["field"], item["comment"]) for item in found["remarks"]] == [("born_on", "年月不符")]


async def test_a_returned_case_starts_again_at_the_employer(world: World) -> None:
    caller, _filed = await world.filed()
    first = await world.filing(caller)
    await world.hear(passed(world, first, "employer"))
    await world.hear(returned(world, first, "county_hr_bureau"))

    again = await world.database.act(submit, caller, DEZHOU, None)
    late = passed(world, first, "employer")
    await world.hear(late)

    assert (again["version"], again["tier"], again["remarks"]) == (2, "employer", [])
    assert (await world.filing(caller)).round == 2
    assert states(await shown(world, caller)) == ["current", "todo", "todo", "todo", "todo"]


async def test_an_approval_names_category_number_and_day(world: World) -> None:
    caller, _filed = await world.filed()
    await world.hear(Approved(**approval(world, await world.filing(caller))))

    found = await shown(world, caller)

    assert (found["status"], found["category"], states(found)) == ("approved", "C", ["done"] * 5)
    assert found["membership"] == {
        "category": "C",
        "title": {"zh": "C 类", "en": "Class C"},
        "number": "DZ2026000001",
        "approved_on": date(2026, 11, 20),
    }


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_an_approved_case_that_was_returned_keeps_its_membership(world: World, order: tuple[int, int]) -> None:
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    events: list[Event] = [Approved(**approval(world, filing)), returned(world, filing, "city_talent_office")]

    for position in order:
        await world.hear(events[position])
    found = await shown(world, caller)
    again = await world.database.act(submit, caller, DEZHOU, None)

    assert (found["status"], found["membership"]["number"]) == ("returned", "DZ2026000001")
    assert found["progress"][-1]["decision"] == "return"
    assert (again["status"], again["membership"]["number"]) == ("in_review", "DZ2026000001")


async def test_hearing_an_event_twice_changes_nothing(world: World) -> None:
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    event = returned(world, filing, "employer")
    await world.hear(event)
    before = await shown(world, caller)
    await world.hear(event)

    assert await shown(world, caller) == before


async def test_the_applicant_sees_who_opened_the_dossier(world: World) -> None:
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    opened = DossierOpened(
        access_id=new_id(),
        case_id=filing.case_id,
        submission_id=filing.submission_id,
        account_id=filing.account_id,
        programme=filing.programme,
        version=1,
        reviewer_id=new_id(),
        organization_id=filing.route[0].organization_id,
        organization_name=filing.route[0].organization_name,
        tier="employer",
        opened_at=AT,
    )
    await world.hear(opened)
    await world.hear(opened)

    found = await world.database.read(accesses, caller.person, DEZHOU, Page())

    assert [(item["organization"]["name"], item["tier"], item["opened_at"]) for item in found.items] == [
        ("鲁北新材料有限公司", "employer", AT)
    ]


async def test_the_status_never_returns_to_an_older_one(world: World) -> None:
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    await world.hear(returned(world, filing, "employer"))
    await world.hear(TierDecided(**passed(world, filing, "employer").model_dump() | {"sequence": 0}))

    assert await world.database.read(_sealed, filing.submission_id) == ("returned", None)


async def _sealed(session: Session, submission_id: UUID) -> tuple[str, int | None]:
    """Status and seal of a submission."""
    row = (await session.execute(select(Submission).where(Submission.id == submission_id))).scalar_one()  # type: ignore[arg-type]  # SQLModel types the column as UUID
    return row.status, row.sealed_version


async def test_the_current_tier_says_how_long_it_has_waited_and_what_is_usual(world: World) -> None:
    """From a Monday on; the Friday is declared free, and a Saturday worked."""
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    await world.hear(passed(world, filing, "employer"))
    monday = datetime(2026, 11, 16, 1, tzinfo=UTC)
    told = reached(world, filing, "county_hr_bureau")
    await world.hear(told.model_copy(update={"reached_at": monday, "usual_from": 3, "usual_to": 6}))
    for day, working in ((date(2026, 11, 20), False), (date(2026, 11, 21), True), (date(2026, 11, 17), None)):
        changed = HolidayChanged(change_id=new_id(), day=day, working=working, changed_at=AT)
        await world.hear(changed)
    async with world.database.transaction() as session:
        ahead = "UPDATE clock SET ahead = CAST(:at AS timestamptz) - now()"
        await session.execute(text(ahead), {"at": datetime(2026, 11, 24, 4, tzinfo=UTC)})

    clocks = [(step["waiting_days"], step["usual_days"]) for step in (await shown(world, caller))["progress"]]

    assert clocks == [(None, None), (6, {"from": 3, "to": 6}), (None, None), (None, None), (None, None)]


async def test_a_tier_that_was_handed_over_names_its_new_holder(world: World) -> None:
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    first, then = (reached(world, filing, "employer") for _ in range(2))
    other = world.organizations["institute"]
    handed = then.model_copy(update={"organization_id": other, "organization_name": "德州市应用技术研究院"})

    for event in (handed, first):
        await world.hear(event)

    step = (await shown(world, caller))["progress"][0]
    assert (step["organization"]["organization_id"], step["organization"]["name"]) == (
        str(other), "德州市应用技术研究院"
    )  # fmt: skip
