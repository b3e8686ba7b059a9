"""Merging organizations as review hears of it: all that the old one had is the new one's, open or decided."""

from typing import Any
from uuid import UUID

import pytest

from services.review import actions
from services.review.commands import verified
from services.review.models import Handover
from services.review.tasks import JOBS
from shared.contracts.events import CaseHandedOver, OrganizationChanged, TierReached
from shared.contracts.identity import Caller
from shared.kit.database import Database
from shared.kit.ids import new_id
from shared.kit.running import run_job
from tests.conftest import Client, ClientOf, events_told
from tests.services.review.profile_double import Profile
from tests.services.review.reading import rows
from tests.services.review.stories import (
    BUREAU,
    CITY,
    DEZHOU,
    EMPLOYER,
    OFFICE,
    Story,
    approved,
    content,
    decide,
    organization,
    reviewer,
    said,
)

HEIR, LAST, NEW_CITY = (organization(name) for name in ("鲁北材料集团", "山东材料集团", "新市人才办"))
NAMES = {EMPLOYER: "鲁北新材料有限公司", HEIR: "鲁北材料集团", LAST: "山东材料集团", CITY: "德州市人才办"}
MERGED_BY = new_id()


async def tell(review: Database, key: UUID, into: UUID | None = None, *, version: int = 1) -> None:
    """Let auth tell of an organization."""
    kind = "city_talent_office" if key in {CITY, NEW_CITY} else "employer"
    told = OrganizationChanged(
        organization_id=key, version=version, name=NAMES.get(key, "新市人才办"), pinyin="x", kind=kind,
        region="371400" if key in {CITY, NEW_CITY} else "371402", municipal=False, programmes=(DEZHOU,),
        disabled=into is not None, merged_into=into, merged_by=MERGED_BY if into else None,
    )  # fmt: skip
    await review.act(actions.know_organization, told)


async def merge(review: Database, old: UUID, into: UUID) -> None:
    """Let auth tell of a merger, and the job follow."""
    await tell(review, old, into, version=2)
    job = next(job for job in JOBS if job.table is Handover)
    for (row_id,) in await rows(review, "SELECT id FROM handover WHERE status = 'queued' ORDER BY id"):
        await run_job(review, job, row_id)


@pytest.fixture
async def client(review: Database, profile: Profile, client_of: ClientOf) -> Client:
    """The review service with the organizations of these stories."""
    for key in (EMPLOYER, HEIR, LAST, CITY, NEW_CITY):
        await tell(review, key)
    return await client_of("review")


async def listed(client: Client, who: UUID, query: str) -> list[dict[str, Any]]:
    """What somebody's reviewer sees in a list."""
    answer = await client.get(f"/review/cases?{query}", headers=client.as_caller(reviewer(who)))
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_open_and_decided_cases_are_the_heirs(client: Client, review: Database, profile: Profile) -> None:
    waiting, decided = Story(), Story(serial=2)
    await review.act(actions.open_case, waiting.filed())
    await approved(review, decided, until="employer")

    await merge(review, EMPLOYER, HEIR)

    both = [await listed(client, who, "state=all") for who in (EMPLOYER, HEIR)]
    assert [[item["case_id"] for item in items] for items in both] == [[], [str(waiting.case_id), str(decided.case_id)]]
    assert {item["employer"]["name"] for item in both[1]} == {"鲁北材料集团"}
    assert [item["case_id"] for item in await listed(client, BUREAU, f"organization={HEIR}")] == [str(decided.case_id)]
    assert [item["case_id"] for item in await listed(client, HEIR, "state=all&query=DZ-2026-000123")] == [
        str(waiting.case_id)
    ]
    await decide(review, waiting, HEIR, said("approve"))
    sql = "SELECT kind, organization_id, reviewer_id FROM history WHERE case_id = :case ORDER BY seq"
    assert [tuple(row) for row in await rows(review, sql, case=waiting.case_id)][1] == (
        "handed_over", HEIR, MERGED_BY
    )  # fmt: skip
    assert await verified(None) == ([], 2)


async def test_who_takes_part_hears_which_tiers_changed_hands(
    client: Client, review: Database, profile: Profile
) -> None:
    coming = Story()
    await review.act(actions.open_case, coming.filed())

    await merge(review, CITY, NEW_CITY)
    await merge(review, EMPLOYER, HEIR)

    told = await events_told(review)
    assert [
        (event.tiers, event.from_id, event.organization_id) for event in told if isinstance(event, CaseHandedOver)
    ] == [(("city_talent_office",), CITY, NEW_CITY), (("employer",), EMPLOYER, HEIR)]
    assert [event.organization_id for event in told if isinstance(event, TierReached)] == [EMPLOYER, HEIR]


async def test_an_approved_case_can_be_returned_by_the_heir(client: Client, review: Database, profile: Profile) -> None:
    story = Story()
    await approved(review, story)

    await merge(review, CITY, NEW_CITY)
    moved_along = reviewer(NEW_CITY, reviewer(CITY).person)
    made = await review.act(actions.decide, moved_along, story.case_id, said("return"))

    assert (made.state, await verified(None)) == ("returned", ([], 1))


async def test_what_is_filed_to_the_old_one_later_waits_for_the_last_heir(
    client: Client, review: Database, profile: Profile
) -> None:
    await merge(review, EMPLOYER, HEIR)
    await merge(review, HEIR, LAST)
    story = Story()

    await review.act(actions.open_case, story.filed())

    assert await rows(review, "SELECT organization_id, waiting FROM turn") == [(LAST, True)]
    assert await rows(review, "SELECT merged_into FROM organization WHERE merged_into IS NOT NULL") == [(LAST,)] * 2


async def test_mergers_heard_in_any_order_end_at_the_last(client: Client, review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())

    await tell(review, HEIR, LAST, version=2)
    await merge(review, EMPLOYER, HEIR)
    await merge(review, EMPLOYER, HEIR)

    assert await rows(review, "SELECT organization_id FROM turn WHERE waiting") == [(LAST,)]
    assert await rows(review, "SELECT count(*) FROM handover") == [(2,)]


async def test_a_version_filed_after_a_handover_stays_with_who_took_it(
    client: Client, review: Database, profile: Profile
) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    admin = Caller(actor="gateway", account_id=MERGED_BY, roles=frozenset({"administrator"}))
    path = f"/admin/organizations/{EMPLOYER}/handover"
    asked = await client.post(path, json={"to": str(HEIR)}, headers=client.as_caller(admin))
    job = next(job for job in JOBS if job.table is Handover)
    await run_job(review, job, UUID(asked.json()["handover_id"]))

    await review.act(actions.open_case, story.filed())
    await decide(review, story, HEIR, said("return", 2))
    story.round += 1
    await review.act(actions.open_case, story.filed())

    assert await rows(review, "SELECT organization_id FROM turn WHERE waiting") == [(EMPLOYER,)]
    assert OFFICE != EMPLOYER


async def test_a_version_that_names_the_old_one_tells_both_names(
    client: Client, review: Database, profile: Profile
) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    profile.keep(story.submission_id, 1, content(story, employer=str(EMPLOYER)))

    await merge(review, EMPLOYER, HEIR)
    case = await actions.read_case(review, reviewer(HEIR), story.case_id)

    assert [(one.organization_id, one.name) for one in case.organizations] == [(EMPLOYER, NAMES[EMPLOYER])]
    assert case.employer.name == NAMES[HEIR]
