"""What is heard of handovers and mergers: drafts, progress, refusals and eyes follow, in whatever order it comes."""

from typing import Any
from uuid import UUID

from services.profile.actions.entries import save_section
from services.profile.actions.submit import submit
from services.profile.actions.withdraw import withdraw
from services.profile.models import Viewer
from services.profile.queries.profiles import changes, profile
from services.profile.queries.progress import route
from services.profile.queries.submissions import submission
from shared.contracts.events import CaseHandedOver, SubmissionFiled, SubmissionWithdrawn
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.ids import new_id
from tests.conftest import events_told
from tests.services.profile.test_actions_progress import passed, reached
from tests.services.profile.world import AT, DEZHOU, World, organization


async def known(world: World, name: str, kind: str = "employer") -> UUID:
    """Let auth tell of a new organization; gives its id."""
    told = organization(name, kind, "371402")
    await world.hear(told)
    world.organizations[name] = told.aggregate_id
    return told.aggregate_id


async def merged(world: World, name: str, into: UUID) -> UUID:
    """Let auth tell that an employer was merged; gives its id."""
    told = organization(name, "employer", "371402")
    here = {"organization_id": world.organizations[name], "version": 2, "merged_into": into, "disabled": True}
    await world.hear(told.model_copy(update=here))
    return world.organizations[name]


async def handed(world: World, filing: SubmissionFiled, taker: UUID, *tiers: str, sequence: int = 9) -> None:
    """Let review tell that tiers changed hands."""
    case = world.of_case(filing, tiers[0], tiers=tiers, from_id=new_id(), handed_at=AT)
    await world.hear(CaseHandedOver(**{**case, "organization_id": taker, "sequence": sequence}))


async def offices(world: World, caller: Caller) -> list[str]:
    """Whom the applicant's progress names, tier by tier."""
    filing = await world.filing(caller)
    found: Any = await world.database.read(submission, caller.person, filing.submission_id)
    return [step["organization"]["name"] for step in found["progress"]]


async def lock(world: World, caller: Caller) -> dict[str, Any]:
    """Why the applicant's draft is locked."""
    found: Any = await world.database.read(profile, caller.person, DEZHOU, "zh")
    return dict(found["lock"])


async def test_progress_and_lock_name_who_took_over(world: World) -> None:
    caller, _ = await world.filed()
    filing = await world.filing(caller)
    taker = await known(world, "新人社局", "county_hr_bureau")
    before = await offices(world, caller)

    await handed(world, filing, taker, "county_hr_bureau")
    to_come = await offices(world, caller)
    await world.hear(passed(world, filing, "employer"))
    held = await lock(world, caller)

    assert [(old, new) for old, new in zip(before, to_come, strict=True) if old != new] == [(before[1], "新人社局")]
    assert (held["organization"]["name"], "新人社局" in held["message"]) == ("新人社局", True)


async def test_an_older_telling_of_who_has_a_tier_changes_nothing(world: World) -> None:
    caller, _ = await world.filed()
    filing = await world.filing(caller)
    taker = await known(world, "新鲁北")

    await handed(world, filing, taker, "employer", sequence=500)
    await world.hear(reached(world, filing, "employer"))

    assert (await offices(world, caller))[0] == "新鲁北"


async def test_who_took_over_hears_of_a_withdrawal(world: World) -> None:
    caller, _ = await world.filed()
    filing = await world.filing(caller)
    taker = await known(world, "新鲁北")
    await handed(world, filing, taker, "employer")

    await world.database.act(withdraw, caller, filing.submission_id)

    (told,) = [event for event in await events_told(world.database) if isinstance(event, SubmissionWithdrawn)]
    assert (told.first_tier.organization_id, told.first_tier.organization_name) == (taker, "新鲁北")


async def test_a_draft_means_the_heir_of_its_employer(world: World) -> None:
    caller = world.applicant()
    await world.fill(caller)
    heir, last = await known(world, "鲁北集团"), await known(world, "山东集团")

    await merged(world, "鲁北集团", last)
    old = await merged(world, "lubei", heir)
    found: Any = await world.database.read(profile, caller.person, DEZHOU, "zh")
    basic = next(one for one in found["sections"] if one["section"] == "basic")["values"]
    await world.database.act(save_section, caller, DEZHOU, "basic", {**basic, "employer": str(old)}, None)
    filed = await world.database.act(submit, caller, DEZHOU, old)

    assert basic["employer"] == str(last)
    assert filed["progress"][0]["organization"]["name"] == "山东集团"
    told = await world.filing(caller)
    assert (told.employer_id, told.route[0].organization_id) == (last, last)


async def test_what_was_filed_names_the_old_employer_and_the_draft_its_heir(world: World) -> None:
    caller, _ = await world.filed()
    heir = await known(world, "鲁北集团")
    old = await merged(world, "lubei", heir)

    found: Any = await world.database.read(profile, caller.person, DEZHOU, "zh", {"organizations"})
    differing = await world.database.read(changes, caller.person, DEZHOU)

    assert [one["organization_id"] for one in found["organizations"]] == [str(heir)]
    assert [(one["field"], one["old"], one["new"]) for one in differing["items"]] == [("employer", str(old), str(heir))]
    assert {one["organization_id"] for one in differing["organizations"]} == {str(old), str(heir)}
    assert "鲁北集团" in {one["name"] for one in differing["organizations"]}


async def test_an_heir_sees_what_the_old_one_saw(world: World) -> None:
    caller, _ = await world.filed()
    filing = await world.filing(caller)
    await world.hear(reached(world, filing, "employer"))
    heir = await known(world, "鲁北集团")

    await merged(world, "lubei", heir)

    async def version(session: Session) -> int:
        seen = await session.get(Viewer, (filing.submission_id, heir))
        return seen.version if seen else 0

    assert await world.database.read(version) == 1
    steps = await world.database.read(route, filing.submission_id, 1)
    assert steps[0]["organization"]["organization_id"] != str(heir)
