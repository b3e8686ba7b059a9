"""Organizations by region, merged into one another; people and reviewers follow."""

from typing import Any
from uuid import UUID

import pytest

from services.auth.actions.organizations import make_reference_organizations
from shared.contracts.events import AccountChanged, OrganizationChanged
from shared.contracts.identity import Caller
from tests.conftest import events_told, notes_told
from tests.services.auth.lists import EMPLOYER, as_csv, person
from tests.services.auth.test_imports import imported, upload
from tests.services.auth.world import DEZHOU, HEBEI, VISITOR, ZHANG, Door, as_person, employer, opened, reviewer

UNKNOWN = UUID("019a0000-0000-7000-8000-00000000dead")


async def merge(door: Door, admin: Caller, old: object, into: object) -> tuple[int, str | None]:
    """Merge, and say how that ended."""
    answer = await door("POST", f"/admin/organizations/{old}/merge", {"into": str(into)}, admin)
    return answer.status_code, answer.json().get("code")


async def test_merging_is_for_administrators(door: Door, admin: Caller) -> None:
    zhang = as_person(await opened(door.database, ZHANG), None, "administrator")
    paths = [("GET", "/admin/organizations/tree"), ("GET", f"/admin/organizations/{UNKNOWN}")]

    for caller, code in ((VISITOR, 401), (zhang, 403)):
        assert (await merge(door, caller, UNKNOWN, UNKNOWN))[0] == code
        assert [(await door(method, path, caller=caller)).status_code for method, path in paths] == [code, code]
    assert await merge(door, admin, UNKNOWN, await employer(door.database)) == (404, "not_found")


async def test_reviewers_move_and_the_old_name_finds_the_other(door: Door, admin: Caller) -> None:
    account_id = await reviewer(door.database)
    old = await employer(door.database)
    into = await employer(door.database, "鲁北材料集团", "371403")
    token, _caller = await door.entered("unit-lubei")

    outcome = await merge(door, admin, old, into)
    told = await events_told(door.database)
    listed = (await door("GET", "/organizations?query=鲁北新材料", caller=admin)).json()["items"]
    shown = (await door("GET", f"/admin/organizations/{into}", caller=admin)).json()

    assert outcome == (200, None)
    assert [
        (event.organization_id, event.disabled, event.merged_into)
        for event in told[-3:]
        if isinstance(event, OrganizationChanged)
    ] == [(old, True, into), (into, False, None)]
    assert [event.organization_id for event in told if isinstance(event, AccountChanged)] == [into]
    assert (await door.resolve(token))["code"] == "not_found"
    assert [item["organization_id"] for item in listed] == [str(into)]
    assert (shown["aliases"], shown["reviewers"], shown["region_name"]) == (["鲁北新材料有限公司"], 1, "陵城区")
    assert (await door("GET", f"/admin/accounts/{account_id}", caller=admin)).json()["organization"][
        "name"
    ] == "鲁北材料集团"
    assert (await notes_told(door.database))[-1].detail == {"into": str(into), "reviewers": 1}


async def test_people_and_lists_follow(door: Door, admin: Caller) -> None:
    old = (await door("GET", f"/organizations?query={EMPLOYER}")).json()["items"][0]["organization_id"]
    await imported(door, admin, person(1))
    body = {"name": "河北设计集团", "kind": "employer", "region": "130100", "programmes": []}
    into = (await door("POST", "/admin/organizations", body, admin)).json()["organization_id"]
    account_id = (await door("GET", "/admin/accounts?query=chen", caller=admin)).json()["items"][0]["account_id"]

    await merge(door, admin, old, into)
    path = f"/internal/accounts/{account_id}/origin?programme={HEBEI}"
    origin = (await door("GET", path, caller=Caller(actor="profile"))).json()
    again = (await upload(door, admin, as_csv(person(2)))).json()

    assert origin["imported"]["organization_id"] == into
    assert [row["outcome"] for row in again["rows"]] == ["ready"]
    assert (await door("GET", f"/admin/organizations/{into}", caller=admin)).json()["programmes"] == [HEBEI]


async def test_a_chain_of_mergers_leads_to_the_last(door: Door, admin: Caller) -> None:
    first, second, third = [await employer(door.database, name) for name in ("甲材料厂", "乙材料厂", "丙材料厂")]

    assert [await merge(door, admin, *pair) for pair in ((first, second), (second, third))] == [(200, None)] * 2
    shown = [(await door("GET", f"/admin/organizations/{one}", caller=admin)).json() for one in (first, second, third)]

    assert [one["merged_into"] for one in shown] == [str(third), str(third), None]
    assert shown[2]["aliases"] == ["甲材料厂", "乙材料厂"]


async def test_what_cannot_be_merged_is_refused(door: Door, admin: Caller) -> None:
    await door.database.act(make_reference_organizations)
    one, two, disabled = [await employer(door.database, name) for name in ("甲材料厂", "乙材料厂", "丙材料厂")]
    await door("PATCH", f"/admin/organizations/{disabled}", {"disabled": True}, admin)
    path = "/admin/organizations?kind=county_hr_bureau&limit=2"
    offices = [item["organization_id"] for item in (await door("GET", path, caller=admin)).json()["items"]]
    tried = [
        (one, one),
        (one, disabled),
        (one, offices[0]),
        (offices[0], offices[1]),
        (one, two),
        (one, two),
        (two, one),
    ]

    codes = [(await merge(door, admin, *pair))[1] for pair in tried]
    revived = await door("PATCH", f"/admin/organizations/{one}", {"disabled": False}, admin)

    assert codes == [
        "merge_into_itself",
        "merge_into_disabled",
        "kinds_differ",
        "regions_differ",
        None,
        "already_merged",
        "merge_into_disabled",
    ]
    assert (revived.status_code, revived.json()["code"]) == (409, "already_merged")


async def test_organizations_are_counted_by_region(door: Door, admin: Caller) -> None:
    await employer(door.database)
    await employer(door.database, "德州市应用技术研究院", "371400")

    tree = (await door("GET", "/admin/organizations/tree", caller=admin)).json()["items"]
    dezhou = (await door("GET", f"/admin/organizations/tree?programme={DEZHOU}", caller=admin)).json()["items"]

    def flat(regions: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
        """Region, name and count, top down."""
        return [line for one in regions for line in [(one["region"], one["name"], one["count"]), *flat(one["regions"])]]

    assert flat(tree) == [
        ("130000", "河北省", 1),
        ("130100", "石家庄市", 1),
        ("370000", "山东省", 2),
        ("371400", "德州市", 2),
        ("371402", "德城区", 1),
    ]
    assert flat(dezhou) == flat(tree)[2:]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("within=370000", ["德州市应用技术研究院", "鲁北新材料有限公司"]),
        ("within=371402", ["鲁北新材料有限公司"]),
        ("within=130000", [EMPLOYER]),
        ("state=disabled", []),
        ("state=enabled&within=371400&region=371400", ["德州市应用技术研究院"]),
    ],
)
async def test_organizations_are_listed_within_a_region(
    door: Door, admin: Caller, query: str, names: list[str]
) -> None:
    await employer(door.database)
    await employer(door.database, "德州市应用技术研究院", "371400")

    items = (await door("GET", f"/admin/organizations?{query}", caller=admin)).json()["items"]

    assert [item["name"] for item in items] == names
