"""Worklists as spreadsheets: texts alone, noted, limited; large ones by a job whose file only its reviewer gets."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from services.review import actions
from services.review.actions import export
from services.review.settings import ReviewSettings
from services.review.tasks import JOBS
from shared.contracts.identity import Caller
from shared.kit.database import Database
from shared.kit.ids import new_id
from shared.kit.running import run_job
from tests.conftest import Client, ClientOf, notes_told
from tests.services.review.conftest import set_clock
from tests.services.review.reading import rows
from tests.services.review.stories import BUREAU, EMPLOYER, Story, reviewer

UNIT = reviewer(EMPLOYER)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x")')


@pytest.fixture
async def client(review: Database, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The review service, called as the employer's reviewer; more than three cases are many here."""
    monkeypatch.setattr(export, "MOST", 3)
    monkeypatch.setattr(export, "CHUNK", 2)
    client = await client_of("review")
    client.headers.update(client.as_caller(UNIT))
    return client


async def people(review: Database, count: int) -> None:
    """So many cases that wait at the employer."""
    for at in range(count):
        await review.act(actions.open_case, Story(name=f"张伟{at}", serial=at).filed())


def read(content: bytes) -> list[list[Any]]:
    """The rows of a spreadsheet."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


async def written(client: Client, review: Database, export_id: str) -> dict[str, Any]:
    """Let the worker write it; gives how the export then is."""
    job = next(job for job in JOBS if job.table.job.name == "review.write_export")
    await run_job(review, job, UUID(export_id))
    return dict((await client.get(f"/review/exports/{export_id}")).json())


async def test_a_large_list_is_written_by_a_job(client: Client, review: Database) -> None:
    await people(review, 5)

    asked = await client.get("/review/cases.xlsx?sort=filed&query=zhang")
    assert (asked.status_code, asked.headers["retry-after"]) == (202, "2")
    assert asked.json() == {**asked.json(), "state": "queued", "total": 5, "done": 0, "url": None}
    again = (await client.get("/review/cases.xlsx?sort=filed&query=zhang")).json()
    ended = await written(client, review, asked.json()["export_id"])

    assert again["export_id"] == ended["export_id"]
    assert (ended["state"], ended["total"], ended["done"]) == ("done", 5, 5)
    lines = read((await client.get(ended["url"])).content)
    assert [line[1] for line in lines[1:-1]] == [f"张伟{at}" for at in range(5)]
    assert str(UNIT.person) in str(lines[-1][0])
    assert "zhang" not in str(await rows(review, "SELECT filters FROM sheet_export"))


async def test_an_export_is_stopped_on_its_way_and_may_be_asked_for_again(
    client: Client, review: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people(review, 5)
    export_id = (await client.get("/review/cases.xlsx")).json()["export_id"]
    stopping = export._note_progress

    async def stop_first(*given: Any) -> None:  # noqa: ANN401 - as the function itself
        assert (await client.delete(f"/review/exports/{export_id}")).status_code == 204
        await stopping(*given)

    monkeypatch.setattr(export, "_note_progress", stop_first)
    ended = await written(client, review, export_id)
    again = (await client.get("/review/cases.xlsx")).json()

    assert (ended["state"], ended["done"], ended["url"]) == ("cancelled", 0, None)
    assert again["export_id"] != export_id
    listed = (await client.get("/review/exports")).json()["items"]
    assert [(one["export_id"], one["state"]) for one in listed] == [
        (again["export_id"], "queued"), (export_id, "cancelled")
    ]  # fmt: skip
    other = client.as_caller(reviewer(EMPLOYER, new_id()))
    assert (await client.get("/review/exports", headers=other)).json()["items"] == []
    assert (await client.delete(f"/review/exports/{again['export_id']}", headers=other)).status_code == 404


async def test_a_file_is_for_who_asked_for_a_day(client: Client, review: Database) -> None:
    await people(review, 5)
    export_id = (await client.get("/review/cases.xlsx")).json()["export_id"]
    url = f"/review/exports/{export_id}/file"
    assert (await client.get(url)).status_code == 404
    await written(client, review, export_id)

    others = [reviewer(EMPLOYER, new_id()), reviewer(BUREAU, UNIT.person)]
    assert [(await client.get(url, headers=client.as_caller(other))).status_code for other in others] == [404, 404]
    assert (await client.get(url)).status_code == 200
    await set_clock(review, days=1.1)
    await actions.forget_exports(review)
    assert (await client.get(url)).status_code == 404
    assert (await client.get(f"/review/exports/{export_id}")).json()["url"] is None


async def test_every_cell_is_a_text(client: Client, review: Database) -> None:
    for at, name in enumerate(FORMULAS[:3]):
        await review.act(actions.open_case, Story(name=name, serial=at, employer_name=FORMULAS[3 + at]).filed())

    small = await client.get("/review/cases.xlsx")
    await review.act(actions.open_case, Story(name=FORMULAS[6], serial=9).filed())
    ended = await written(client, review, (await client.get("/review/cases.xlsx")).json()["export_id"])
    large = await client.get(ended["url"])

    assert [line[1] for line in read(small.content)[1:-1]] == list(FORMULAS[:3])
    for content in (small.content, large.content):
        assert b"<f>" not in _sheet(content)
    assert small.headers["content-disposition"] == 'attachment; filename="cases.xlsx"'


def _sheet(content: bytes) -> bytes:
    """The sheet's own XML."""
    from zipfile import ZipFile

    with ZipFile(BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


async def test_every_export_is_noted_and_there_is_a_limit(
    client: Client, review: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "settings", lambda: ReviewSettings.model_validate({"JUXIAN_REVIEW_EXPORTS_AN_HOUR": 2}))
    await people(review, 1)

    statuses = [(await client.get("/review/cases.xlsx")).status_code for _ in range(3)]

    assert statuses == [200, 200, 429]
    ended = await rows(review, "SELECT status, finished_at IS NOT NULL FROM sheet_export")
    assert [tuple(row) for row in ended] == [("done", True)] * 2
    noted = [(note.action, note.actor_id, note.subject_id, note.detail) for note in await notes_told(review)]
    assert noted == [("cases_exported", UNIT.person, str(EMPLOYER), {"rows": 1})] * 2
    other = client.as_caller(reviewer(EMPLOYER, new_id()))
    assert (await client.get("/review/cases.xlsx", headers=other)).status_code == 200


@pytest.mark.parametrize("path", ["cases.xlsx", "exports", f"exports/{EMPLOYER}", f"exports/{EMPLOYER}/file"])
async def test_exports_are_for_reviewers(client: Client, path: str) -> None:
    admin = Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"}))

    assert (await client.get(f"/review/{path}", headers=client.as_caller(admin))).status_code == 403
