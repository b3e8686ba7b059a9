"""Everything that is kept of one person as an archive, and files that nobody names any more."""

import io
import os
import time
import zipfile
from pathlib import Path
from uuid import UUID

import orjson
import pytest

from services.profile import clients
from services.profile.actions.documents import ask_export, document_key, draw_document
from services.profile.actions.scans import cleaned_key
from services.profile.actions.sharing import share, stop_sharing
from services.profile.actions.sweeping import sweep_files
from services.profile.models import Document
from services.profile.queries import drafts, sharing
from services.profile.tasks import JOBS
from shared.contracts.refusals import Missing, Unavailable
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.ids import new_id
from shared.kit.jobs import Work, claim
from shared.kit.running import run_job
from shared.kit.settings import common
from tests.conftest import Client
from tests.services.profile.test_actions_change_requests import approved, asked, wish
from tests.services.profile.world import HEBEI, ID_NUMBER, World


@pytest.fixture(autouse=True)
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other services, each with a word of its own."""

    async def answer(_account_id: UUID) -> dict[str, object]:
        return {name: {"of": name} for name in ("auth", "review", "notify")}

    monkeypatch.setattr(clients, "kept_elsewhere", answer)


async def keep(world: World, person: UUID, key: str, content: bytes = b"picture") -> None:
    """Keep a file."""

    async def write(session: Session) -> None:
        """Seal it."""
        await files().keep(session, person, key, content)

    await world.database.act(write)


async def is_there(world: World, person: UUID, key: str) -> bool:
    """Whether a file is kept."""

    async def read(session: Session) -> bytes:
        """Open it."""
        return await files().read(session, person, key)

    try:
        await world.database.read(read)
    except Missing:
        return False
    return True


async def test_an_export_holds_draft_versions_requests_consents_and_scans(world: World) -> None:
    caller = await approved(world)
    await asked(world, caller, wish("basic", post="主任"))
    await world.database.act(share, caller, HEBEI, ["basic.name"], consent=True, searchable=False)
    await world.database.act(stop_sharing, caller, HEBEI)
    scan = await world.scan(caller, cleaned_type="application/pdf")
    await keep(world, caller.person, cleaned_key(UUID(scan)), b"%PDF-1.7 proof")
    document = await world.database.act(ask_export, caller)
    row = await world.database.act(claim, Document, document.id)
    assert row is not None
    await draw_document(Work(world.database, row))

    async def fetch(session: Session) -> bytes:
        """Read the archive."""
        return await files().read(session, caller.person, document_key(document.id))

    with zipfile.ZipFile(io.BytesIO(await world.database.read(fetch))) as archive:
        held = orjson.loads(archive.read("data.json"))
        proof = archive.read(f"scans/{scan}.pdf")
    (profile,) = held["profiles"]
    assert proof == b"%PDF-1.7 proof"
    assert profile["profile"]["sections"][0]["values"]["id_number"] == ID_NUMBER
    assert ([one["version"] for one in profile["versions"]], len(held["change_requests"])) == ([1], 1)
    assert [consent["is_given"] for consent in profile["sharing"]] == [True, False]
    assert {name: held[name] for name in ("account", "review", "letters")} == {
        "account": {"of": "auth"}, "review": {"of": "review"}, "letters": {"of": "notify"},
    }  # fmt: skip


async def test_an_export_waits_for_a_service_that_is_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_account_id: UUID) -> dict[str, object]:
        raise Unavailable

    monkeypatch.setattr(clients, "kept_elsewhere", away)
    document = await world.database.act(ask_export, await approved(world))

    await run_job(world.database, next(job for job in JOBS if job.table is Document), document.id)

    row = await world.database.read(_row, document.id)
    assert (row.status, row.size) == ("retry", None)


async def _row(session: Session, document_id: UUID) -> Document:
    """The document's row."""
    found = await session.get(Document, document_id)
    assert found is not None
    return found


async def test_an_export_is_made_anew_after_every_change_and_once_between(world: World) -> None:
    caller = await approved(world)
    first, again = [await world.database.act(ask_export, caller) for _number in range(2)]
    await world.scan(caller)
    assert (first.id == again.id, first.id == (await world.database.act(ask_export, caller)).id) == (True, False)


async def test_the_door_of_the_export_answers_202_with_its_job(world: World, client: Client) -> None:
    caller = await approved(world)
    told = await client.get("/me/export", headers=client.as_caller(caller))
    assert (told.status_code, told.json()["status"], told.headers["retry-after"]) == (202, "queued", "2")


async def test_a_page_that_waits_is_told_the_state_and_never_the_file(world: World, client: Client) -> None:
    caller = await approved(world)
    waiting = await client.get("/me/export/state", headers=client.as_caller(caller))
    document = await world.database.act(ask_export, caller)
    row = await world.database.act(claim, Document, document.id)
    assert row is not None
    await draw_document(Work(world.database, row))
    done = await client.get("/me/export/state", headers=client.as_caller(caller))
    assert (waiting.status_code, waiting.json()["status"]) == (200, "queued")
    assert (done.status_code, done.json()["status"], done.json()["job_id"]) == (200, "done", waiting.json()["job_id"])


@pytest.fixture
def folder() -> Path:
    """Where files are kept."""
    return Path(common().files_url.removeprefix("file://"))


def age(folder: Path, *keys: str) -> None:
    """Let files be two days old."""
    then = time.time() - 2 * 86400
    for key in keys:
        os.utime(folder / key, (then, then))


async def test_old_files_that_no_row_names_are_swept_out_and_nothing_else(world: World, folder: Path) -> None:
    caller = await approved(world)
    living, dead, young = (f"scans/{one}/page-1" for one in (await world.scan(caller), new_id(), new_id()))
    old_document, strange = f"documents/{new_id()}", "scans/readme"
    for key in (living, dead, young, old_document, strange):
        await keep(world, caller.person, key)
    age(folder, living, dead, old_document, strange)
    await sweep_files(world.database)
    kept = [await is_there(world, caller.person, key) for key in (living, dead, young, old_document, strange)]
    assert kept == [True, False, True, False, True]


async def test_the_card_of_a_page_goes_with_its_revision(world: World, folder: Path) -> None:
    caller = await approved(world)
    await world.database.act(share, caller, HEBEI, ["basic.name"], consent=True, searchable=False)
    draft = await world.database.read(drafts.own, caller.person, HEBEI)
    assert draft is not None
    row = await world.database.read(sharing.of_submission, draft.submission_id)
    assert row is not None
    present, past = (f"experts/{row.id}/{revision}" for revision in (row.revision, row.revision - 1))
    for key in (present, past):
        await keep(world, caller.person, key)
    age(folder, present, past)
    await sweep_files(world.database)
    assert [await is_there(world, caller.person, key) for key in (present, past)] == [True, False]
