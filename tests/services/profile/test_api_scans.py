"""Scans through the door: uploading, processing, looking at them, and who may."""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, text

from services.profile import scanning
from services.profile.actions import processing
from services.profile.models import Scan, ScanJob
from services.profile.settings import settings
from services.profile.tasks import JOBS
from shared.contracts.events import TierReached
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.ids import new_id
from shared.kit.running import run_job
from tests.builders.files import jpeg, png
from tests.conftest import Client
from tests.services.profile.world import AT, World

Processed = Callable[[], Awaitable[None]]


async def upload(
    client: Client, caller: Caller, content: bytes, purpose: str = "proof", **headers: str
) -> dict[str, str]:
    """Upload a file; gives the answer with its status."""
    answer = await client.post(
        "/scans",
        headers=client.as_caller(caller) | headers,
        files={"file": ("身份证.png", content, "image/png")},
        data={"purpose": purpose},
    )
    return {"http": str(answer.status_code), **answer.json()}


async def queued(session: Session) -> list[UUID]:
    """The jobs that wait."""
    return list((await session.execute(select(ScanJob.id).where(ScanJob.status == "queued"))).scalars())  # type: ignore[call-overload]  # SQLModel types columns as values


@pytest.fixture
def processed(world: World) -> Processed:
    """Process what was uploaded, as the scan worker would."""

    async def run() -> None:
        """Run each job that waits."""
        for job_id in await world.database.read(queued):
            await run_job(world.database, JOBS[0], job_id)

    return run


async def test_a_scan_is_taken_in_processed_and_served_clean(
    world: World, client: Client, processed: Processed
) -> None:
    caller = world.applicant()
    content = jpeg() + b"<script>alert(1)</script>"
    taken = await upload(client, caller, content, "photo")
    assert (taken["http"], taken["status"]) == ("202", "received")

    await processed()

    headers = client.as_caller(caller)
    shown = (await client.get(f"/scans/{taken['scan_id']}", headers=headers)).json()
    assert (shown["status"], shown["pages"], shown["code"], shown["reason"]) == ("ready", 1, None, None)
    assert {check["outcome"] for check in shown["checks"]} <= {"passed", "attention"}
    assert (await client.get("/scans", headers=headers)).json()["items"] == [shown]
    for part in ("pages/1", "thumbnail", "original"):
        served = await client.get(f"/scans/{taken['scan_id']}/{part}", headers=headers)
        assert (served.status_code, served.headers["content-type"]) == (200, "image/jpeg")
        assert served.headers["x-content-type-options"] == "nosniff"
        assert served.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert served.headers["cross-origin-resource-policy"] == "same-origin"
        assert served.headers["cache-control"] == "no-store"
        assert b"alert" not in served.content
    assert (await client.get(f"/scans/{taken['scan_id']}/pages/2", headers=headers)).status_code == 404


async def test_what_lies_on_disk_is_encrypted(world: World, client: Client, processed: Processed) -> None:
    caller = world.applicant()
    await upload(client, caller, jpeg())
    await processed()

    folder = settings().data_dir / "files"
    assert [path for path in folder.rglob("*") if path.is_file() and b"JFIF" in path.read_bytes()[:4096]] == []


@pytest.mark.parametrize(
    ("content", "purpose", "http", "code"),
    [
        (b"", "proof", "422", "file_empty"),
        (b"PK\x03\x04 an archive", "proof", "415", "type_not_accepted"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "proof", "415", "type_not_accepted"),
        (b"\xff\xd8\xff" + bytes(20 * 1024 * 1024), "proof", "413", "file_too_large"),
        (b"\xff\xd8\xff", "diploma", "422", "invalid"),
    ],
    ids=["empty", "zip", "svg", "huge", "purpose"],
)
async def test_the_door_refuses_at_once(
    world: World, client: Client, content: bytes, purpose: str, http: str, code: str
) -> None:
    refused = await upload(client, world.applicant(), content, purpose)

    assert (refused["http"], refused["code"]) == (http, code)


async def test_a_form_of_another_shape_is_refused(world: World, client: Client) -> None:
    headers = client.as_caller(world.applicant())

    answers = [
        await client.post("/scans", headers=headers, json={"file": "x"}),
        await client.post("/scans", headers=headers, data={"purpose": "proof"}),
        await client.post("/scans", headers=headers | {"content-type": "multipart/form-data"}, content=b"--"),
        await client.post(
            "/scans", headers=headers, files={"file": b"x", "other": b"y"}, data={"purpose": "proof", "status": "ready"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4


async def test_a_file_that_cannot_be_read_is_rejected_with_a_sentence(
    world: World, client: Client, processed: Processed
) -> None:
    caller = world.applicant()
    taken = await upload(client, caller, jpeg()[:700])
    await processed()

    shown = (
        await client.get(f"/scans/{taken['scan_id']}", headers=client.as_caller(caller) | {"accept-language": "en"})
    ).json()

    assert (shown["status"], shown["code"], shown["pages"]) == ("rejected", "corrupt", 0)
    assert shown["reason"].isascii()
    assert (
        await client.get(f"/scans/{taken['scan_id']}/original", headers=client.as_caller(caller))
    ).status_code == 404


async def test_a_pipeline_that_fails_four_times_rejects_the_scan(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = world.applicant()
    taken = await upload(client, caller, jpeg())

    def fail(*_given: object) -> None:
        """The system fails, and not the file."""
        raise scanning.NotProcessed

    monkeypatch.setattr(scanning, "process", fail)
    job_id = (await world.database.read(queued))[0]
    for _attempt in range(4):
        await world.database.act(_due, job_id)
        await run_job(world.database, JOBS[0], job_id)

    scan = await world.database.read(_scan, UUID(taken["scan_id"]))
    assert (scan.status, scan.code) == ("rejected", "unreadable")


async def _due(session: Session, job_id: UUID) -> None:
    """Let the job be due at once."""
    await session.execute(text("UPDATE scan_job SET next_at = juxian_now() WHERE id = :id"), {"id": job_id})


async def _scan(session: Session, scan_id: UUID) -> Scan:
    """The scan's row."""
    found = await session.get(Scan, scan_id)
    assert found is not None
    return found


async def test_a_worker_that_dies_too_often_rejects_its_scan(world: World, client: Client) -> None:
    taken = await upload(client, world.applicant(), jpeg())
    job_id = (await world.database.read(queued))[0]

    await world.database.act(processing.reject_failed, job_id)

    assert (await world.database.read(_scan, UUID(taken["scan_id"]))).code == "unreadable"


async def test_a_scan_is_seen_by_its_owner_and_by_whom_it_has_reached(world: World, client: Client) -> None:
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    reached = TierReached(**world.of_case(filing, "employer", reached_at=AT, due_on=date(2026, 11, 27), again=False))
    await world.hear(reached)
    shown = (await client.get("/profiles/dezhou-talent-pool", headers=client.as_caller(caller))).json()
    scan_id = shown["sections"][0]["values"]["photo"]

    async def status(**who: object) -> int:
        """What somebody gets."""
        other = Caller(actor="gateway", account_id=new_id(), **who)  # type: ignore[arg-type]  # a table of callers
        return (await client.get(f"/scans/{scan_id}", headers=client.as_caller(other))).status_code

    reviewer = frozenset({"reviewer"})
    assert await status(roles=reviewer, organization_id=world.organizations["lubei"]) == 200
    assert await status(roles=reviewer, organization_id=world.organizations["hr"]) == 404
    assert await status(organization_id=world.organizations["lubei"]) == 404
    assert await status(roles=frozenset({"administrator"})) == 200
    assert (await client.get(f"/scans/{scan_id}", headers=client.as_caller())).status_code == 401


async def test_a_scan_in_use_stays_and_another_goes_with_its_files(
    world: World, client: Client, processed: Processed
) -> None:
    caller = world.applicant()
    headers = client.as_caller(caller)
    used, free = [(await upload(client, caller, jpeg()))["scan_id"] for _ in range(2)]
    await processed()
    await client.post("/profiles/dezhou-talent-pool/sections/honours/entries", headers=headers, json={"scan": [used]})

    kept = await client.delete(f"/scans/{used}", headers=headers)
    gone = [(await client.delete(f"/scans/{free}", headers=headers)).status_code for _ in range(2)]

    assert (kept.status_code, kept.json()["code"]) == (409, "scan_in_use")
    assert gone == [204, 404]
    assert [meta["path"] async for part in files().store.list_async(f"scans/{free}") for meta in part] == []


async def test_the_same_key_takes_a_file_once(world: World, client: Client) -> None:
    caller = world.applicant()
    content = jpeg()

    first = await upload(client, caller, content, **{"Idempotency-Key": "k1"})
    again = await upload(client, caller, content, **{"Idempotency-Key": "k1"})
    other = await upload(client, caller, png(), **{"Idempotency-Key": "k1"})

    assert (first, other["http"]) == (again, "422")


async def test_an_account_keeps_no_more_than_its_quota(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = world.applicant()
    await world.scan(caller, status="processing")
    codes = []
    for limits in ({"scans_waiting": 1}, {"scan_files": 1}, {"scan_bytes": 1000}):
        limited = settings().model_copy(update=limits)
        monkeypatch.setattr("services.profile.actions.scans.settings", lambda limited=limited: limited)
        refused = await upload(client, caller, jpeg())
        codes.append((refused["http"], refused["code"]))

    assert codes == [("429", "scans_waiting"), ("429", "scan_quota"), ("429", "scan_quota")]
