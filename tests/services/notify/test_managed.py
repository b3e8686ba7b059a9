"""Announcements as administrators keep them: made, changed, withdrawn, deleted, with their files."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from services.notify.actions import tidy_attachments
from services.notify.models import Attachment
from shared.kit import clock
from tests.services.notify import samples
from tests.services.notify.conftest import ADMIN, APPLICANT, As, Desk
from tests.services.notify.test_announcements import PDF, PUBLIC, made

ROOT = "/admin/announcements"


async def change(call: As, one: dict[str, Any], seen: str | None = None, **what: Any) -> Any:  # noqa: ANN401 - JSON
    """Change an announcement and give the answer."""
    headers = call.client.as_caller(ADMIN) | ({"If-Match": seen} if seen else {})  # type: ignore[attr-defined]  # the fixture's own client
    return await call.client.patch(f"{ROOT}/{one['announcement_id']}", json=what, headers=headers)


async def test_a_change_leaves_what_it_does_not_name(desk: Desk, call: As) -> None:
    one = await made(call, programme=samples.DEZHOU, category="policy", pinned=True)

    answer = await change(call, one, title="更正", programme=None)
    changed = answer.json()

    assert answer.headers["etag"] == changed["etag"] == '"2"'
    kept = {name: one[name] for name in one if name not in {"title", "programme", "changed_at", "etag"}}
    assert changed == {
        **kept,
        "title": "更正",
        "programme": None,
        "changed_at": changed["changed_at"],
        "etag": '"2"',
    }


async def test_who_was_slower_is_told(desk: Desk, call: As) -> None:
    one = await made(call)

    first = await change(call, one, one["etag"], title="一")
    second = await change(call, one, one["etag"], title="二")
    third = await change(call, one, title="三")

    assert [answer.status_code for answer in (first, second, third)] == [200, 412, 200]
    assert third.json()["etag"] == '"3"'


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"title": None}, "wrong_type"),
        ({"title": " "}, "wrong_format"),
        ({"programme": "nothing"}, "unknown_programme"),
        ({"audience": "nobody"}, "not_a_choice"),
        ({"publish_at": "2100-01-02T00:00:00Z", "withdraw_at": "2100-01-01T00:00:00Z"}, "withdrawn_too_early"),
        ({"attachments": [str(samples.CASE)]}, "attachment_unknown"),
        ({"made_by": str(samples.CASE)}, "unknown_field"),
    ],
)
async def test_a_change_that_makes_no_sense_is_refused(desk: Desk, call: As, what: dict[str, Any], code: str) -> None:
    answer = await change(call, await made(call), **what)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


async def test_its_state_is_told_and_asked_for(desk: Desk, call: As) -> None:
    later = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    await made(call, title="现在")
    await made(call, title="将来", publish_at=later)
    gone = await made(call, title="撤下", publish_at=later)
    path = f"{ROOT}/{gone['announcement_id']}/withdrawal"

    withdrawn = (await call(ADMIN, "POST", path)).json()
    again = (await call(ADMIN, "POST", path)).json()

    async def titles(state: str) -> list[str]:
        return [item["title"] for item in (await call(ADMIN, "GET", f"{ROOT}?state={state}")).json()["items"]]

    assert withdrawn == again
    assert [await titles(state) for state in ("scheduled", "published", "withdrawn")] == [["将来"], ["现在"], ["撤下"]]
    assert [item["html"] for item in (await call(ADMIN, "GET", ROOT)).json()["items"]] == [None] * 3


async def test_withdrawn_by_a_change_and_out_again(desk: Desk, call: As) -> None:
    one = await made(call)
    past = (datetime.now(UTC) + timedelta(seconds=-1)).isoformat()

    withdrawn = await change(call, one, withdraw_at=past)
    hidden = (await call(None, "GET", "/announcements")).json()["items"]
    again = await change(call, one, withdraw_at=None)

    assert (withdrawn.json()["state"], hidden, again.json()["state"]) == ("withdrawn", [], "published")


async def test_deleted_is_gone_with_its_file(desk: Desk, call: As) -> None:
    file = (await call(ADMIN, "POST", f"{ROOT}/attachments", files={"file": PDF})).json()["attachment_id"]
    one = await made(call, attachments=[file])
    path = f"/announcements/{one['announcement_id']}"
    await call(APPLICANT, "GET", path)

    gone = await call(ADMIN, "DELETE", f"/admin{path}")

    assert (gone.status_code, gone.content) == (204, b"")
    assert [(await call(ADMIN, "GET", where)).status_code for where in (path, f"{path}/attachments/{file}")] == [
        404
    ] * 2
    assert (await call(ADMIN, "DELETE", f"/admin{path}")).status_code == 404


async def test_a_file_belongs_to_one_announcement_and_keeps_its_place(desk: Desk, call: As) -> None:
    ids = [
        (await call(ADMIN, "POST", f"{ROOT}/attachments", files={"file": PDF})).json()["attachment_id"]
        for _ in range(2)
    ]
    one = await made(call, attachments=ids[::-1])
    other = await call(ADMIN, "POST", ROOT, json={**PUBLIC, "attachments": ids[:1]})
    twice = await change(call, one, attachments=[ids[0], ids[0]])
    swapped = await change(call, one, attachments=ids)

    assert [file["attachment_id"] for file in one["attachments"]] == ids[::-1]
    assert [answer.json()["errors"][0]["code"] for answer in (other, twice)] == ["attachment_unknown"] * 2
    assert [file["attachment_id"] for file in swapped.json()["attachments"]] == ids


async def test_a_file_that_nothing_names_is_dropped_a_day_later(desk: Desk, call: As) -> None:
    kept, loose = [
        (await call(ADMIN, "POST", f"{ROOT}/attachments", files={"file": PDF})).json()["attachment_id"]
        for _ in range(2)
    ]
    await made(call, attachments=[kept])

    async def ids() -> set[str]:
        async with desk.database.transaction() as session:
            return {str(one) for one in (await session.execute(select(col(Attachment.id)))).scalars()}

    await tidy_attachments(desk.database)
    before = await ids()
    await desk.database.act(clock.advance, 25 * 3600.0)
    await tidy_attachments(desk.database)

    assert (before, await ids()) == ({kept, loose}, {kept})


@pytest.mark.parametrize(
    ("files", "status", "code"),
    [
        ({"file": ("a.pdf", b"")}, 422, "file_empty"),
        ({"file": ("a.pdf", b"<html>")}, 415, "type_not_accepted"),
        ({"file": ("a.pdf", b"%PDF-" + b"x" * (20 * 2**20))}, 413, "file_too_large"),
        ({"other": ("a.pdf", b"%PDF-")}, 422, "invalid"),
    ],
    ids=["empty", "html", "large", "other"],
)
async def test_a_file_that_is_not_taken(
    desk: Desk, call: As, files: dict[str, tuple[str, bytes]], status: int, code: str
) -> None:
    answer = await call(ADMIN, "POST", f"{ROOT}/attachments", files=files)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("POST", "/attachments"),
        ("POST", "/preview"),
        ("GET", f"/{samples.CASE}"),
        ("PATCH", f"/{samples.CASE}"),
        ("POST", f"/{samples.CASE}/withdrawal"),
        ("DELETE", f"/{samples.CASE}"),
    ],
)
async def test_only_administrators_keep_announcements(desk: Desk, call: As, method: str, path: str) -> None:
    given = {"json": {"body": "x"}} if path == "/preview" or method == "PATCH" else {}

    assert (await call(APPLICANT, method, ROOT + path, **given)).status_code == 403


async def test_markdown_is_shown_before_it_is_kept(desk: Desk, call: As) -> None:
    assert (await call(ADMIN, "POST", f"{ROOT}/preview", json={"body": "# 一"})).json() == {"html": "<h2>一</h2>\n"}
