"""The doors of imports: who may knock, in which state, what is refused as a whole, what is listed."""

import sys
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from services.auth.actions.imports import reading
from services.auth.actions.imports.preview import Listed
from services.auth.models import ImportRow
from shared.contracts.identity import Caller
from tests.conftest import notes_told
from tests.services.auth.lists import EMPLOYER, HEADINGS, as_csv, person
from tests.services.auth.test_imports import imported, shown, upload, work
from tests.services.auth.world import DEZHOU, HEBEI, VISITOR, ZHANG, Door, as_person, opened

UNKNOWN = UUID("019a0000-0000-7000-8000-00000000dead")
PATHS = [
    ("GET", "/admin/imports"), ("GET", f"/admin/imports/template.xlsx?programme={HEBEI}"),
    ("GET", f"/admin/imports/{UNKNOWN}"), ("POST", f"/admin/imports/{UNKNOWN}/run"),
    ("POST", f"/admin/imports/{UNKNOWN}/undo"), ("GET", f"/admin/imports/{UNKNOWN}/credentials.xlsx"),
    ("GET", f"/admin/imports/{UNKNOWN}/troubles.xlsx"),
    ("DELETE", f"/admin/imports/{UNKNOWN}"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), PATHS)
async def test_imports_are_for_administrators(door: Door, admin: Caller, method: str, path: str) -> None:
    zhang = await opened(door.database, ZHANG)

    codes = [
        (await door(method, path, caller=caller)).status_code
        for caller in (VISITOR, as_person(zhang, None, "administrator"), admin)
    ]

    assert codes == [
        401,
        403,
        200 if path.startswith(("/admin/imports/t", "/admin/imports?")) or path == "/admin/imports" else 404,
    ]


async def test_a_list_is_taken_from_administrators_alone_whatever_it_is(door: Door, admin: Caller) -> None:
    zhang = as_person(await opened(door.database, ZHANG), None, "administrator")

    answers = [await upload(door, caller, b"") for caller in (VISITOR, zhang, admin)]

    assert [answer.status_code for answer in answers] == [401, 403, 422]


FILES: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", HEBEI, "file_empty"), "pdf": (b"%PDF-1.7", HEBEI, "not_a_spreadsheet"),
    "nobody": (as_csv(), HEBEI, "no_rows"), "blank": (as_csv(["", ""], [" "]), HEBEI, "no_rows"),
    "column": (as_csv(person(1)[:4], headings=HEADINGS[:4]), HEBEI, "column_missing"),
    "headings": (b"a,b\nc,d", HEBEI, "headings_missing"), "programme": (as_csv(person(1)), "castle", "not_a_choice"),
    "registered": (as_csv(person(1)), DEZHOU, "not_a_choice"), "quotes": (b'"a"b,c', HEBEI, "csv_broken"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
async def test_a_file_that_cannot_be_used_is_refused_as_a_whole(door: Door, admin: Caller, name: str) -> None:
    content, programme, code = FILES[name]

    answer = await upload(door, admin, content, programme)

    assert (answer.status_code, [fault["code"] for fault in answer.json()["errors"]]) == (422, [code])
    assert (await door("GET", "/admin/imports", caller=admin)).json()["items"] == []


async def test_a_list_that_is_too_long_is_refused(door: Door, admin: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[Listed.__module__], "MOST_ROWS", 3)
    assert reading.MOST_ROWS == 10_000

    answer = await upload(door, admin, as_csv(*(person(number) for number in range(1, 5))))

    assert answer.json()["errors"][0] == {
        "code": "too_many_rows", "field": "file", "message": "人员超过 3 行，请拆成几个文件分别导入。",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("files", "data", "fields"),
    [
        ({}, {"programme": HEBEI}, ["file"]), ({"file": ("a", b"x")}, {}, ["programme"]),
        ({"file": ("a", b"x")}, {"programme": HEBEI, "role": "admin"}, ["role"]),
    ],
    ids=["no-file", "no-programme", "more"],
)  # fmt: skip
async def test_a_form_with_other_parts_is_refused(
    door: Door,
    admin: Caller,
    files: dict[str, tuple[str, bytes]],
    data: dict[str, str],
    fields: list[str],
) -> None:
    given: dict[str, tuple[str | None, bytes]] = {**files} or {"x": (None, b"")}
    headers = door.client.as_caller(admin)

    answer = await door.client.post("/admin/accounts/import", files=given, data=data, headers=headers)

    assert answer.status_code == 422
    assert set(fields) <= {fault["field"] for fault in answer.json()["errors"]}


async def test_a_file_beyond_five_megabytes_is_refused(door: Door, admin: Caller) -> None:
    assert (await upload(door, admin, bytes(5 * 1024 * 1024 + 1))).status_code == 413


async def test_an_import_is_run_once_and_undone_once_it_is_done(door: Door, admin: Caller) -> None:
    bad = (await upload(door, admin, as_csv(person(1, name="")))).json()["import_id"]
    good = (await upload(door, admin, as_csv(person(1)))).json()["import_id"]
    calls = [
        (bad, "run", "nothing_to_import"), (good, "undo", "import_not_done"), (good, "run", None),
        (good, "run", "import_not_previewed"), (good, "undo", "import_not_done"),
    ]  # fmt: skip

    codes = [
        (await door("POST", f"/admin/imports/{one}/{task}", caller=admin)).json().get("code") for one, task, _ in calls
    ]
    early = await door("GET", f"/admin/imports/{good}/credentials.xlsx", caller=admin)
    dropped = [(await door("DELETE", f"/admin/imports/{one}", caller=admin)).status_code for one in (bad, good)]

    assert codes == [code for _one, _task, code in calls]
    assert (early.status_code, dropped) == (409, [204, 409])
    assert (await door("GET", f"/admin/imports/{bad}", caller=admin)).status_code == 404


async def test_imports_are_listed_with_how_far_they_are(door: Door, admin: Caller) -> None:
    first = await imported(door, admin, person(1), person(2, email=""))
    second = (await upload(door, admin, as_csv(person(3)))).json()["import_id"]

    page = (await door("GET", "/admin/imports?limit=1", caller=admin)).json()
    rest = (await door("GET", f"/admin/imports?cursor={page['next_cursor']}", caller=admin)).json()

    assert [(item["import_id"], item["state"]) for item in (*page["items"], *rest["items"])] == [
        (second, "previewed"), (first, "done"),
    ]  # fmt: skip
    assert rest["items"][0]["counts"] | {"created": 1, "rejected": 1} == rest["items"][0]["counts"]
    assert (rest["items"][0]["made_by"]["name"], rest["items"][0]["file_name"]) == ("管理员", "名单.xlsx")


async def test_rows_are_read_in_parts(door: Door, admin: Caller) -> None:
    people = [person(number, name="" if number % 2 else "陈静") for number in range(1, 6)]
    import_id = (await upload(door, admin, as_csv(*people))).json()["import_id"]

    parts = [await shown(door, admin, import_id, query) for query in ("?outcome=ready", "?after=3&limit=2")]

    assert [[row["row"] for row in part["rows"]] for part in parts] == [[3, 5], [4, 5]]


async def test_troubles_are_told_in_english_too(door: Door, admin: Caller) -> None:
    from dataclasses import replace

    answer = await upload(door, replace(admin, language="en"), as_csv(person(1, name="*")))

    assert answer.json()["rows"][0]["message"] == "“Name” holds a *; give the whole content."


async def test_the_same_list_sent_twice_with_one_key_is_one_import(door: Door, admin: Caller) -> None:
    answers = [await upload(door, admin, as_csv(person(1)), Idempotency_Key="a") for _ in range(2)]
    other = await upload(door, admin, as_csv(person(2)), Idempotency_Key="a")

    assert answers[0].json() == answers[1].json()
    assert other.status_code == 422


async def test_the_template_is_a_list_that_can_be_imported(door: Door, admin: Caller) -> None:
    answer = await door("GET", f"/admin/imports/template.xlsx?programme={HEBEI}", caller=admin)
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    (headings,) = book.get_sheet_by_index(0).to_python()
    content = ZipFile(BytesIO(answer.content)).read("xl/worksheets/sheet1.xml")

    assert headings == [*HEADINGS, "证件类型"]
    assert book.get_sheet_by_index(1).to_python()[0][0] == EMPLOYER
    assert content.count(b"<dataValidation ") == 2
    refused = await door("GET", f"/admin/imports/template.xlsx?programme={DEZHOU}", caller=admin)
    assert refused.status_code == 422


async def test_what_is_done_with_a_list_stands_in_the_trail(door: Door, admin: Caller) -> None:
    import_id = await imported(door, admin, person(1))
    await door("GET", f"/admin/imports/{import_id}/credentials.xlsx", caller=admin)
    await door("POST", f"/admin/imports/{import_id}/undo", caller=admin)
    await work(door.database)

    noted = [(note.action, note.subject_id, note.detail) for note in await notes_told(door.database)]
    assert noted == [
        ("import_previewed", import_id, {"rows": 1}), ("import_run", import_id, {"rows": 1}),
        ("credentials_fetched", import_id, {"accounts": 1}), ("import_undone", import_id, {"rows": 1}),
    ]  # fmt: skip


async def test_no_id_number_lies_open_in_the_rows(door: Door, admin: Caller) -> None:
    await upload(door, admin, as_csv(person(1)))

    async with door.database.transaction() as session:
        from sqlalchemy import select

        row = (await session.execute(select(ImportRow))).scalar_one()
    assert row.said is not None
    assert person(1)[1].encode() not in row.said
