"""Profile's doors: shapes, headers, languages, and who gets in."""

import asyncio
from uuid import UUID

from services.profile.api import ROUTERS
from shared.contracts.identity import Caller
from shared.kit.ids import new_id
from shared.programmes.catalogue import PROGRAMMES
from tests.conftest import Client
from tests.services.profile.world import DEZHOU, HEBEI, World

BASIC = f"/profiles/{DEZHOU}/sections/basic"
HONOURS = f"/profiles/{DEZHOU}/sections/honours/entries"
ADMIN = Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"}))
PUBLIC = ("/programmes", "/experts", "/verify")
REVIEW, AUTH = Caller(actor="review"), Caller(actor="auth")


async def test_programmes_show_sections_fields_tiers_and_window(world: World, client: Client) -> None:
    shown = (await client.get(f"/programmes/{DEZHOU}", headers=client.as_caller())).json()

    assert shown == {**PROGRAMMES[DEZHOU].describe(), "window": None}
    assert len(shown["sections"]) == 19
    listed = (await client.get("/programmes", headers=client.as_caller())).json()
    assert [item["programme"] for item in listed["items"]] == sorted(PROGRAMMES)
    assert (await client.get("/programmes/none-such", headers=client.as_caller())).status_code == 404


async def test_sections_and_entries_carry_their_etag(world: World, client: Client) -> None:
    headers = client.as_caller(world.applicant())

    saved = await client.put(BASIC, headers=headers | {"If-Match": '"0"'}, json={"post": "工程师"})
    added = await client.post(HONOURS, headers=headers, json={"title": "先进"})
    entry = f"{HONOURS}/{added.json()['entry_id']}"
    changed = await client.put(entry, headers=headers | {"If-Match": '"1"'}, json={"title": "劳模"})
    slower = await client.put(entry, headers=headers | {"If-Match": '"1"'}, json={"title": "标兵"})
    gone = await client.delete(entry, headers=headers | {"If-Match": '"2"'})

    assert [answer.status_code for answer in (saved, added, changed, slower, gone)] == [200, 201, 200, 412, 204]
    for answer, tag in ((saved, '"1"'), (added, '"1"'), (changed, '"2"')):
        assert answer.headers["etag"] == answer.json()["etag"] == tag
    assert (await client.delete(entry, headers=headers)).status_code == 404


async def test_what_is_wrong_is_listed_at_once_in_both_languages(world: World, client: Client) -> None:
    headers = client.as_caller(world.applicant())
    body = {"status": "approved", "born_on": "1988-02-30", "gender": "x", "mobile": "*******0001"}

    chinese = (await client.put(BASIC, headers=headers, json=body)).json()
    english = (await client.put(BASIC, headers=headers | {"Accept-Language": "en"}, json=body)).json()

    expected = [
        ("status", "unknown_field"),
        ("gender", "not_a_choice"),
        ("born_on", "not_a_date"),
        ("mobile", "masked_value"),
    ]
    assert [(error["field"], error["code"]) for error in chinese["errors"]] == expected
    assert [error["section"] for error in chinese["errors"]] == ["basic"] * 4
    assert not any(error["message"].isascii() for error in chinese["errors"])
    assert english["errors"][1]["message"].isascii()


async def test_bodies_of_another_shape_are_invalid(world: World, client: Client) -> None:
    headers = client.as_caller(world.applicant()) | {"content-type": "application/json"}
    strange = ["[]", '"x"', "{", "null", '{"post": 1e999}', '{"post": "\\ud800"}', '{"\\ud800": {}}']

    for body in strange:
        for method, path in (("PUT", BASIC), ("POST", f"/profiles/{DEZHOU}/sections"), ("POST", "/change-requests")):
            answer = await client.request(method, path, headers=headers, content=body)
            shown = (answer.status_code, answer.headers["content-type"])
            assert shown == (422, "application/problem+json"), (path, body)


async def test_the_document_of_the_api_names_every_answer(client: Client) -> None:
    document = (await client.get("/openapi.json")).json()

    assert {"ProfileOut", "SubmissionOut", "ScanOut", "ChangeRequestOut"} <= set(document["components"]["schemas"])
    form = document["paths"]["/scans"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["properties"]["purpose"]["enum"] == ["photo", "id_scan", "proof"]


async def test_a_profile_shows_what_it_lacks(world: World, client: Client) -> None:
    headers = client.as_caller(world.applicant(name="李娜"))

    lacking = (await client.get(f"/profiles/{DEZHOU}/completeness", headers=headers)).json()
    shown = (await client.get(f"/profiles/{DEZHOU}", headers=headers)).json()

    assert shown["completeness"] == lacking
    assert lacking["complete"] is False
    assert {"section": "education", "code": "too_few_entries"}.items() <= lacking["missing"][-2].items()
    assert [part["complete"] for part in shown["sections"][:4]] == [False, True, True, False]


async def test_a_filing_is_told_once_however_often_it_is_sent(world: World, client: Client) -> None:
    caller = world.applicant()
    await world.fill(caller)
    headers = client.as_caller(caller) | {"Idempotency-Key": "first"}

    answers = [await client.post("/submissions", headers=headers, json={"programme": DEZHOU}) for _ in range(2)]
    other = await client.post("/submissions", headers=headers, json={"programme": HEBEI})

    assert [answer.status_code for answer in (*answers, other)] == [201, 201, 422]
    assert answers[0].json() == answers[1].json()
    listed = (await client.get("/submissions", headers=client.as_caller(caller))).json()
    assert listed == {"items": [answers[0].json()], "next_cursor": None}
    shown = await client.get(f"/submissions/{answers[0].json()['submission_id']}", headers=client.as_caller(caller))
    assert shown.json() == answers[0].json()


async def test_a_filing_sent_ten_times_at_once_is_one(world: World, client: Client) -> None:
    caller = world.applicant()
    await world.fill(caller)
    headers = client.as_caller(caller) | {"Idempotency-Key": "clicked"}

    sent = [client.post("/submissions", headers=headers, json={"programme": DEZHOU}) for _ in range(10)]
    answers = await asyncio.gather(*sent)

    assert [(answer.status_code, answer.json()["version"]) for answer in answers] == [(201, 1)] * 10


async def test_what_is_not_ones_own_is_not_there(world: World, client: Client) -> None:
    _caller, filed = await world.filed()
    stranger = client.as_caller(world.applicant())
    submission = f"/submissions/{filed['submission_id']}"

    answers = [
        await client.get(submission, headers=stranger),
        await client.post(f"{submission}/withdrawal", headers=stranger),
        await client.get(f"/change-requests/{new_id()}", headers=stranger),
        await client.post(f"/change-requests/{new_id()}/withdrawal", headers=stranger),
        await client.get(f"/scans/{new_id()}", headers=stranger),
        await client.get(f"/profiles/{HEBEI}/accesses", headers=stranger),
        await client.get(f"/profiles/{HEBEI}/form.pdf", headers=stranger),
        await client.get(f"/profiles/{DEZHOU}/form.pdf?version=1", headers=stranger),
    ]

    assert [answer.status_code for answer in answers] == [404] * 8


async def test_windows_are_set_by_administrators_and_bind_first_filings(world: World, client: Client) -> None:
    caller = world.applicant()
    await world.fill(caller)
    window = f"/admin/programmes/{DEZHOU}/window"
    closed = {"opens_at": "2020-01-01T00:00:00+08:00", "closes_at": "2020-02-01T00:00:00+08:00"}
    mine = client.as_caller(caller)

    refused = await client.put(window, headers=mine, json=closed)
    upside_down = await client.put(
        window, headers=client.as_caller(ADMIN), json={"opens_at": closed["closes_at"], "closes_at": closed["opens_at"]}
    )
    saved = await client.put(window, headers=client.as_caller(ADMIN), json=closed)
    shut = await client.post("/submissions", headers=mine, json={"programme": DEZHOU})
    extension = f"{window}/extensions/{caller.account_id}"
    await client.put(extension, headers=client.as_caller(ADMIN), json={"opens_at": None, "closes_at": None})
    filed = await client.post("/submissions", headers=mine, json={"programme": DEZHOU})

    assert [answer.status_code for answer in (refused, upside_down, saved)] == [403, 422, 200]
    (fault,) = upside_down.json()["errors"]
    assert (fault["field"], fault["code"]) == ("closes_at", "closes_before_opens")
    assert (shut.status_code, shut.json()["code"]) == (409, "window_closed")
    assert filed.status_code == 201
    as_json = client.as_caller(ADMIN) | {"content-type": "application/json"}
    opened = await client.put(window, headers=as_json, content="null")
    assert opened.json() == {"programme": DEZHOU, "window": None}


async def test_review_reads_a_version_and_seals_it(world: World, client: Client) -> None:
    caller, filed = await world.filed()
    path = f"/internal/submissions/{filed['submission_id']}/versions/1"

    read = (await client.get(path, headers=client.as_caller(REVIEW))).json()
    body = {"items": [{"kind": "submission", "id": filed["submission_id"], "version": 1}]}
    sealed = (await client.post("/internal/seals", headers=client.as_caller(REVIEW), json=body)).json()

    assert read["person"] == {"account_id": str(caller.account_id)}
    assert (read["sections"][0]["values"]["name"], len(read["sections"])) == ("张伟", 19)
    assert [(scan["section"], scan["field"]) for scan in read["scans"]][:2] == [
        ("basic", "photo"),
        ("basic", "id_scan"),
    ]
    assert read["content_hash"] == (await world.filing(caller)).content_hash
    assert sealed["items"] == [{"id": filed["submission_id"], "sealed": True, "reason": None, "version": 1}]
    statuses = await client.get(f"/internal/accounts/{caller.account_id}/statuses", headers=client.as_caller(AUTH))
    assert statuses.json() == {DEZHOU: "in_review"}
    for who in (AUTH, caller):
        assert (await client.get(path, headers=client.as_caller(who))).status_code == 403


def _guarded() -> list[tuple[str, str]]:
    """Every route of profile: method and path, with ids that are nobody's."""
    blanks = {"programme": DEZHOU, "section": "basic", "page": "1", "version": "1"}
    return [
        (method, route.path.format_map(Blank(blanks)))  # type: ignore[attr-defined]  # every one of ours has a path
        for part in ROUTERS
        for route in part.routes
        for method in sorted(route.methods)  # type: ignore[attr-defined]  # likewise
    ]


class Blank(dict[str, str]):
    """Fills every id with one that nobody has."""

    def __missing__(self, _name: str) -> str:
        return str(UUID(int=7))


async def test_nobody_gets_in_without_a_signed_identity(world: World, client: Client) -> None:
    unsigned, visitors = {}, {}
    for method, path in _guarded():
        unsigned[method, path] = (await client.request(method, path)).status_code
        visitors[method, path] = (await client.request(method, path, headers=client.as_caller(), json={})).status_code

    assert set(unsigned.values()) == {401}
    for (method, path), status in visitors.items():
        expected = 403 if path.startswith(("/internal", "/admin")) else 401
        assert path.startswith(PUBLIC) or status == expected, (method, path)
