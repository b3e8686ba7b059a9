"""Approved submissions whose office handed them over: who may have the dossier, and see scans; who decided stays."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.profile.models import Viewer
from services.profile.queries import drafts
from services.profile.queries.dossiers import holder_now
from services.profile.queries.submissions import submission
from shared.contracts.events import Approved, CaseHandedOver, OrganizationChanged, SubmissionFiled
from shared.kit.database import Session
from shared.kit.ids import new_id
from tests.services.profile.test_actions_handovers import known
from tests.services.profile.world import World, approval

NEW_CITY = new_id()


async def handed_over(world: World, filing: SubmissionFiled) -> None:
    """Let review tell that the new office answers for it."""
    told = world.of_case(
        filing, "city_talent_office", organization_id=NEW_CITY, organization_name="新人才办", tiers=(),
        from_id=filing.route[-1].organization_id, handed_at=filing.filed_at,
    )  # fmt: skip
    await world.hear(CaseHandedOver(**told))


async def holder(world: World, submission_id: UUID) -> UUID | None:
    """Who holds it now."""

    async def read(session: Session) -> UUID | None:
        draft = await drafts.of_submission(session, submission_id)
        assert draft is not None
        return await holder_now(session, draft)

    return await world.database.read(read)


async def test_who_takes_over_answers_for_it_and_the_decision_stays(world: World) -> None:
    caller, filed = await world.filed()
    filing = await world.filing(caller)
    await world.hear(Approved(**approval(world, filing)))
    before = await world.database.read(submission, caller.person, filing.submission_id)
    assert await holder(world, filing.submission_id) == filing.route[-1].organization_id

    await handed_over(world, filing)

    assert await holder(world, filing.submission_id) == NEW_CITY
    after = await world.database.read(submission, caller.person, filing.submission_id)
    assert (after["progress"], after["status"]) == (before["progress"], "approved")
    seen = select(col(Viewer.version)).where(col(Viewer.organization_id) == NEW_CITY)

    async def read(session: Session) -> list[int]:
        return list((await session.execute(seen)).scalars())

    assert await world.database.read(read) == [1]
    assert filed["submission_id"] == str(filing.submission_id)


async def test_after_a_merger_the_heir_may_have_the_dossier(world: World) -> None:
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    await world.hear(Approved(**approval(world, filing)))
    old = filing.route[-1]

    heir = await known(world, "新人才办", "city_talent_office")
    told = OrganizationChanged(
        organization_id=old.organization_id, version=99, name=old.organization_name, pinyin="x",
        kind="city_talent_office", region="371400", municipal=False, programmes=(filing.programme,),
        disabled=True, merged_into=heir, merged_by=new_id(),
    )  # fmt: skip
    await world.hear(told)

    assert await holder(world, filing.submission_id) == heir
