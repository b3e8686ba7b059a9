"""Organizations and reviewers over the API."""

from uuid import UUID

import pytest

from services.auth.actions.organizations import make_reference_organizations
from services.auth.actions.telling import LINK
from shared.contracts.events import AccountChanged, AccountOpened, OrganizationChanged
from shared.kit.vault import vault
from tests.conftest import events_told
from tests.services.auth.world import (
    ADMIN,
    DEZHOU,
    OTHER_PASSWORD,
    PASSWORD,
    ZHANG,
    Door,
    as_person,
    employer,
    opened,
    reviewer,
)

UNKNOWN = UUID("019a0000-0000-7000-8000-00000000dead")
MADE = {
    "name": "鲁北新材料有限公司", "kind": "employer", "region": "371402", "credit_code": "91371400ma3c0pxc8a",
    "programmes": [DEZHOU],
}  # fmt: skip
PATHS = [
    ("POST", "/admin/organizations", MADE), ("GET", "/admin/organizations", None), ("GET", "/admin/reviewers", None),
    ("PATCH", f"/admin/organizations/{UNKNOWN}", {}), ("PATCH", f"/admin/reviewers/{UNKNOWN}", {}),
    (
        "POST", "/admin/reviewers",
        {"organization_id": str(UNKNOWN), "username": "hr", "name": "赵敏", "email": "a@b.cn"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body"), PATHS)
async def test_administration_is_for_administrators(door: Door, method: str, path: str, body: object) -> None:
    zhang = await opened(door.database, ZHANG)

    visitor = await door(method, path, body)
    applicant = await door(method, path, body, as_person(zhang))
    pretender = await door(method, path, body, as_person(zhang, None, "administrator"))

    assert [answer.status_code for answer in (visitor, applicant, pretender)] == [401, 403, 403]
    assert pretender.json()["code"] == "administrators_only"


async def test_an_organization_is_made_once_changed_and_disabled(door: Door) -> None:
    admin = as_person(await opened(door.database, ADMIN))
    made = [await door("POST", "/admin/organizations", MADE, admin, Idempotency_Key="a") for _ in range(2)]
    shown = made[0].json()
    path = f"/admin/organizations/{shown['organization_id']}"

    changed = await door("PATCH", path, {"name": "鲁北材料集团", "municipal": True, "region": "371400"}, admin)
    disabled = await door("PATCH", path, {"disabled": True, "credit_code": None}, admin)
    told = [event for event in await events_told(door.database) if isinstance(event, OrganizationChanged)]
    listed = (await door("GET", "/organizations")).json()["items"]

    assert [answer.status_code for answer in made] == [201, 201]
    assert shown == MADE | {
        "organization_id": shown["organization_id"], "municipal": False, "disabled": False, "merged_into": None,
        "credit_code": "91371400MA3C0PXC8A",
    }  # fmt: skip
    assert (changed.json()["name"], changed.json()["municipal"]) == ("鲁北材料集团", True)
    assert (disabled.json()["disabled"], disabled.json()["credit_code"]) == (True, None)
    assert [(event.version, event.pinyin, event.disabled) for event in told] == [
        (1, "lubeixincailiaoyouxiangongsi", False), (2, "lubeicailiaojituan", False), (3, "lubeicailiaojituan", True),
    ]  # fmt: skip
    assert listed == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "castle"}, "kind"), ({"region": "3714"}, "region"), ({"credit_code": "1"}, "credit_code"),
        ({"programmes": ["x"]}, "programmes"), ({"name": ""}, "name"), ({"id": str(UNKNOWN)}, "id"),
        ({"pinyin": "x"}, "pinyin"), ({"employs": True}, "employs"), ({"version": 3}, "version"),
    ],
)  # fmt: skip
async def test_a_bad_organization_is_refused(door: Door, change: dict[str, object], field: str) -> None:
    admin = as_person(await opened(door.database, ADMIN))

    answer = await door("POST", "/admin/organizations", MADE | change, admin)

    assert (answer.status_code, [fault["field"] for fault in answer.json()["errors"]]) == (422, [field])


async def test_two_organizations_cannot_hold_one_tier_or_one_code(door: Door) -> None:
    admin = as_person(await opened(door.database, ADMIN))
    await door.database.act(make_reference_organizations)
    office = {"name": "另一办公室", "kind": "city_talent_office", "region": "371400", "programmes": [DEZHOU]}
    await door("POST", "/admin/organizations", MADE, admin)

    answers = [
        await door("POST", "/admin/organizations", body, admin) for body in (office, MADE | {"name": "另一单位"})
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (409, "tier_already_held"), (409, "credit_code_taken"),
    ]  # fmt: skip


async def test_reference_organizations_are_made_once(door: Door) -> None:
    for _ in range(2):
        await door.database.act(make_reference_organizations)
    found = await door("GET", "/organizations?limit=100&kind=county_hr_bureau")

    assert len(await events_told(door.database)) == 26
    assert len(found.json()["items"]) == 12


async def test_the_public_list_is_found_by_name_pinyin_and_initials(door: Door) -> None:
    await employer(door.database)
    await employer(door.database, "陵城精密制造有限公司", "371403")
    await employer(door.database, "德州市应用技术研究院", "371400")

    found = {}
    for query in ("鲁北", "lubei", "LBXCL", "新材料", "lu bei", "%", "zzz", "𠮷"):
        answer = await door("GET", f"/organizations?query={query.replace('%', '%25')}")
        found[query] = [item["name"] for item in answer.json()["items"]]
    municipal = (await door("GET", "/organizations?region=371400&kind=employer&programme=dezhou-talent-pool")).json()

    lubei = ["鲁北新材料有限公司"]
    assert found == {
        "鲁北": lubei, "lubei": lubei, "LBXCL": lubei, "新材料": lubei, "lu bei": lubei, "%": [], "zzz": [], "𠮷": [],
    }  # fmt: skip
    assert [item["municipal"] for item in municipal["items"]] == [True]
    assert set(municipal["items"][0]) == {"organization_id", "name", "kind", "region", "municipal"}


async def test_the_list_is_read_page_by_page(door: Door) -> None:
    await door.database.act(make_reference_organizations)
    names, cursors, path = [], [], "/organizations?limit=7"
    for _ in range(4):
        page = (await door("GET", path)).json()
        names += [item["organization_id"] for item in page["items"]]
        cursors.append(page["next_cursor"])
        path = f"/organizations?limit=7&cursor={cursors[-1]}"

    assert [cursor is None for cursor in cursors] == [False, False, False, True]
    assert len(names) == len(set(names)) == 26


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "cursor=!", "cursor=bnVsbA", "page=2", "kind=a&kind=b"])
async def test_a_bad_question_is_refused(door: Door, query: str) -> None:
    assert (await door("GET", f"/organizations?{query}")).status_code == 422


async def invitation(door: Door) -> dict[str, object]:
    """A good invitation."""
    organization_id = await employer(door.database)
    return {
        "organization_id": str(organization_id), "username": "unit-lubei", "name": "赵敏",
        "email": "unit-lubei@demo.juxian.test",
    }  # fmt: skip


async def test_a_reviewer_is_invited_and_sets_the_first_password(door: Door) -> None:
    admin = as_person(await opened(door.database, ADMIN))
    body = await invitation(door)

    made = await door("POST", "/admin/reviewers", body, admin)
    told = (await events_told(door.database))[-1]
    assert isinstance(told, AccountOpened)
    assert told.link_token is not None
    assert told.link_expires_at is not None
    token = vault().unwrap(told.link_token, LINK)
    before = await door.log_in("unit-lubei", "")
    set_first = await door("POST", f"/password-resets/{token}", {"new_password": OTHER_PASSWORD})
    entered = await door.log_in("unit-lubei", OTHER_PASSWORD)

    assert (made.status_code, made.json()) == (201, {"account_id": str(told.account_id)})
    assert (told.opened_by, told.roles, str(told.organization_id)) == (
        "invitation",
        ("reviewer",),
        body["organization_id"],
    )
    assert (told.link_expires_at - told.opened_at).days == 7
    assert [before.status_code, set_first.status_code, entered.status_code] == [401, 204, 201]
    assert entered.json()["roles"] == ["reviewer"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"organization_id": str(UNKNOWN)}, 422, "invalid"), ({"email": "x"}, 422, "invalid"),
        ({"username": " "}, 422, "invalid"), ({"username": "ADMIN"}, 409, "username_taken"),
        ({"roles": ["administrator"]}, 422, "invalid"), ({"password": PASSWORD}, 422, "invalid"),
    ],
)  # fmt: skip
async def test_a_bad_invitation_is_refused(door: Door, change: dict[str, object], status: int, code: str) -> None:
    admin = as_person(await opened(door.database, ADMIN))
    body = await invitation(door)

    answer = await door("POST", "/admin/reviewers", body | change, admin)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_disabled_reviewer_is_out_at_once(door: Door) -> None:
    admin = as_person(await opened(door.database, ADMIN))
    account_id = await reviewer(door.database)
    token, _caller = await door.entered("unit-lubei")

    answer = await door("PATCH", f"/admin/reviewers/{account_id}", {"disabled": True}, admin)
    told = (await events_told(door.database))[-1]

    assert (answer.status_code, answer.json()["disabled"]) == (200, True)
    assert isinstance(told, AccountChanged)
    assert told.disabled
    assert (await door.resolve(token))["code"] == "not_found"
    assert (await door.log_in("unit-lubei")).status_code == 401


async def test_a_reviewer_who_moves_logs_in_anew(door: Door) -> None:
    admin = as_person(await opened(door.database, ADMIN))
    account_id = await reviewer(door.database)
    token, _caller = await door.entered("unit-lubei")
    other = await employer(door.database, "陵城精密制造有限公司", "371403")

    await door("PATCH", f"/admin/reviewers/{account_id}", {"organization_id": str(other), "name": "赵敏敏"}, admin)
    listed = (await door("GET", f"/admin/reviewers?organization_id={other}&query=UNIT", caller=admin)).json()

    assert (await door.resolve(token))["code"] == "not_found"
    assert [(item["account_id"], item["name"], item["organization"]["name"]) for item in listed["items"]] == [
        (str(account_id), "赵敏敏", "陵城精密制造有限公司")
    ]


async def test_who_is_no_reviewer_cannot_be_changed_as_one(door: Door) -> None:
    admin = as_person(await opened(door.database, ADMIN))
    zhang = await opened(door.database, ZHANG)

    assert (await door("PATCH", f"/admin/reviewers/{zhang}", {"disabled": True}, admin)).status_code == 404
