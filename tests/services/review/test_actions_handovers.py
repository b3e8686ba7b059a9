"""Handing over what an organization has not decided yet: cases, change requests, their histories and their letters."""

from typing import Any
from uuid import UUID

import pytest

from services.review import actions, queries
from services.review.commands import verified
from services.review.tasks import JOBS
from shared.contracts.events import CaseHandedOver, ChangeHandedOver, OrganizationChanged, TierReached
from shared.contracts.identity import Caller
from shared.kit.database import Database
from shared.kit.ids import new_id
from shared.kit.running import run_job
from tests.conftest import Client, ClientOf, events_told, notes_told
from tests.services.review.profile_double import Profile
from tests.services.review.reading import rows
from tests.services.review.stories import (
    BUREAU,
    CITY,
    DEZHOU,
    EMPLOYER,
    HEBEI,
    OFFICE,
    Story,
    approved,
    decide,
    organization,
    reviewer,
    said,
)  # fmt: skip

ADMIN = Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"}))
HEIR, COUNTY, HEBEI_UNIT, NEW_CITY = (
    organization(name) for name in ("新鲁北集团", "德城区新人社局", "河北院", "新市人才办")
)
PLACES = {
    EMPLOYER: ("employer", "371402", DEZHOU), HEIR: ("employer", "371403", DEZHOU),
    BUREAU: ("county_hr_bureau", "371402", DEZHOU), COUNTY: ("county_hr_bureau", "371402", DEZHOU),
    organization("陵城区人社局"): ("county_hr_bureau", "371403", DEZHOU), HEBEI_UNIT: ("employer", "130102", HEBEI),
    CITY: ("city_talent_office", "371400", DEZHOU), NEW_CITY: ("city_talent_office", "371400", DEZHOU),
}  # fmt: skip


async def place(review: Database, key: UUID, version: int = 1, *, disabled: bool = False) -> None:
    """Let auth tell of an organization."""
    kind, region, programme = PLACES[key]
    told = OrganizationChanged(
        organization_id=key, version=version, name=f"新 {kind}" if key in {HEIR, COUNTY, NEW_CITY} else kind,
        pinyin="x", kind=kind, region=region, municipal=False, programmes=(programme,), disabled=disabled,
    )  # fmt: skip
    await review.act(actions.know_organization, told)


@pytest.fixture
async def client(review: Database, profile: Profile, client_of: ClientOf) -> Client:
    """The review service with eight organizations, called by an administrator."""
    for key in PLACES:
        await place(review, key)
    client = await client_of("review")
    client.headers.update(client.as_caller(ADMIN))
    return client


async def hand_over(
    client: Client, review: Database, giver: UUID, taker: UUID, *, takes_approved: bool = True
) -> dict[str, Any]:
    """Ask for a handover, let the worker run it, and see how it ended."""
    wanted = {"to": str(taker), "approved": takes_approved}
    asked = await client.post(f"/admin/organizations/{giver}/handover", json=wanted)
    assert asked.status_code == 202, asked.text
    job = next(job for job in JOBS if job.table.job.name == "review.hand_over")
    await run_job(review, job, UUID(asked.json()["handover_id"]))
    return dict((await client.get(f"/admin/handovers/{asked.json()['handover_id']}")).json())


async def waits_at(review: Database, who: UUID) -> set[UUID]:
    """The cases that wait at an organization."""
    found = await rows(review, "SELECT case_id FROM turn WHERE organization_id = :who AND waiting", who=who)
    return {row[0] for row in found}


async def test_open_cases_go_to_another_and_go_on_there(client: Client, review: Database, profile: Profile) -> None:
    waiting, coming, past = Story(), Story(serial=2), Story(serial=3)
    await approved(review, waiting, until="employer")
    await review.act(actions.open_case, coming.filed())
    await approved(review, past, until="county_hr_bureau")
    preview = (await client.get(f"/admin/organizations/{BUREAU}/handover")).json()

    ended = await hand_over(client, review, BUREAU, COUNTY)

    assert preview == {"waiting": 1, "coming": 1, "change_requests": 0, "approved": 0}
    assert (ended["state"], ended["total"], ended["done"], ended["to"]["organization_id"]) == (
        "done",
        2,
        2,
        str(COUNTY),
    )
    assert (await waits_at(review, BUREAU), await waits_at(review, COUNTY)) == (set(), {waiting.case_id})
    await decide(review, coming, EMPLOYER, said("approve"))
    assert await waits_at(review, COUNTY) == {waiting.case_id, coming.case_id}
    for story in (waiting, coming):
        await decide(review, story, COUNTY, said("approve"))
    assert await waits_at(review, OFFICE) == {waiting.case_id, coming.case_id, past.case_id}
    assert await verified(None) == ([], 3)


async def test_a_handover_stands_in_the_history_and_is_told(client: Client, review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    await hand_over(client, review, EMPLOYER, HEIR)

    sql = "SELECT kind, organization_id, comment, reviewer_id FROM history ORDER BY seq"
    assert [tuple(row) for row in await rows(review, sql)][1:] == [
        ("handed_over", HEIR, "鲁北新材料有限公司", ADMIN.person)
    ]
    reached = [event for event in await events_told(review) if isinstance(event, TierReached)]
    assert [(event.organization_id, event.sequence, event.again) for event in reached] == [
        (EMPLOYER, 1, False), (HEIR, 3, False)
    ]  # fmt: skip
    (handed,) = [event for event in await events_told(review) if isinstance(event, CaseHandedOver)]
    assert (handed.tiers, handed.from_id, handed.organization_id) == (("employer",), EMPLOYER, HEIR)
    (note,) = await notes_told(review)
    assert (note.action, note.subject_id, note.detail) == (
        "cases_handed_over", str(EMPLOYER), {"to": str(HEIR), "total": 1, "approved": True}
    )  # fmt: skip
    case = (await client.get(f"/review/cases/{story.case_id}/neighbours", headers=as_(client, HEIR))).json()
    assert case["position"] == 1
    refused = await client.put(f"/review/cases/{story.case_id}/claim", headers=as_(client, EMPLOYER))
    assert refused.json()["code"] == "not_your_turn"


def as_(client: Client, who: UUID) -> dict[str, str]:
    """The headers of somebody's reviewer."""
    return client.as_caller(reviewer(who))


async def test_change_requests_go_along(client: Client, review: Database, profile: Profile) -> None:
    story = Story()
    await approved(review, story)
    asked = story.asked()
    await review.act(actions.know_change, asked)

    ended = await hand_over(client, review, CITY, NEW_CITY, takes_approved=False)

    assert (ended["total"], ended["done"]) == (1, 1)
    (told,) = [event for event in await events_told(review) if isinstance(event, ChangeHandedOver)]
    assert (told.change_request_id, told.organization_id) == (asked.change_request_id, NEW_CITY)
    profile.changes[asked.change_request_id] = {"changes": [], "scans": [], "reason": None}
    listed = [
        (await client.get("/review/change-requests", headers=as_(client, who))).json() for who in (CITY, NEW_CITY)
    ]
    assert [len(page["items"]) for page in listed] == [0, 1]
    assert await verified(None) == ([], 1)


async def test_what_is_asked_of_a_disabled_office_later_goes_to_its_heir(
    client: Client, review: Database, profile: Profile
) -> None:
    story = Story()
    await approved(review, story)
    await hand_over(client, review, CITY, NEW_CITY)
    await place(review, CITY, 2, disabled=True)

    await review.act(actions.know_change, story.asked())

    assert await rows(review, "SELECT organization_id FROM change_request") == [(NEW_CITY,)]


async def test_a_handover_begun_anew_goes_on_where_it_was(
    client: Client, review: Database, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions.handovers, "CHUNK", 2)
    for at in range(5):
        await review.act(actions.open_case, Story(serial=at).filed())
    asked = (await client.post(f"/admin/organizations/{EMPLOYER}/handover", json={"to": str(HEIR)})).json()
    row = await review.read(_row, UUID(asked["handover_id"]))
    await review.act(actions.handovers._some_cases, row, None)

    again = await client.post(f"/admin/organizations/{EMPLOYER}/handover", json={"to": str(HEIR)})
    job = next(job for job in JOBS if job.table.job.name == "review.hand_over")
    await run_job(review, job, row.id)

    assert (again.status_code, again.json()["code"]) == (409, "handover_running")
    ended = await review.read(queries.handover_of, ADMIN, row.id)
    assert (ended.state, ended.total, ended.done) == ("done", 5, 5)
    assert await rows(review, "SELECT count(*) FROM history WHERE kind = 'handed_over'") == [(5,)]


async def _row(session: Any, key: UUID) -> Any:  # noqa: ANN401 - a handover's row
    from services.review.models import Handover

    return await session.get(Handover, key)


@pytest.mark.parametrize(
    ("giver", "taker", "code"),
    [
        (EMPLOYER, EMPLOYER, "same_organization"), (EMPLOYER, BUREAU, "other_kind"),
        (EMPLOYER, HEBEI_UNIT, "other_programme"), (BUREAU, organization("陵城区人社局"), "other_region"),
        (EMPLOYER, organization("没有的单位"), "organization_unknown"),
    ],
    ids=["same", "kind", "programme", "region", "unknown"],
)  # fmt: skip
async def test_who_cannot_take_over_is_refused(
    client: Client, review: Database, giver: UUID, taker: UUID, code: str
) -> None:
    await review.act(actions.open_case, Story().filed())

    answer = await client.post(f"/admin/organizations/{giver}/handover", json={"to": str(taker)})

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert await rows(review, "SELECT 1 FROM handover") == []


async def test_a_disabled_organization_takes_nothing(client: Client, review: Database) -> None:
    await place(review, HEIR, 2, disabled=True)

    answer = await client.post(f"/admin/organizations/{EMPLOYER}/handover", json={"to": str(HEIR)})

    assert answer.json()["code"] == "organization_disabled"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/admin/organizations/{EMPLOYER}/handover"), ("POST", f"/admin/organizations/{EMPLOYER}/handover"),
        ("GET", f"/admin/handovers/{EMPLOYER}"),
    ],
)  # fmt: skip
async def test_handovers_are_for_administrators(client: Client, method: str, path: str) -> None:
    body = {"to": str(HEIR)} if method == "POST" else None

    assert (await client.request(method, path, json=body, headers=as_(client, EMPLOYER))).status_code == 403
    missing = path.replace(str(EMPLOYER), str(new_id()))
    assert (await client.request(method, missing, json=body)).status_code == 404
