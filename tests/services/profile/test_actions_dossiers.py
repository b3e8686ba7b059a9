"""Dossiers: who may have one, what is in it, how long it stays, and that it proves itself."""

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import select, text, update

from cli import dossier as verifier
from services.profile.actions.documents import ask_dossier, document_key, draw_document, drop_documents
from services.profile.actions.scans import page_key
from services.profile.actions.signing import own_key
from services.profile.models import Document, Scan
from services.profile.queries import accesses
from shared.contracts.events import Returned, TierDecided
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing, Unavailable
from shared.kit.database import Session
from shared.kit.files import files
from shared.kit.ids import new_id
from shared.kit.jobs import Work, claim
from shared.kit.web import Page
from tests.conftest import Client, notes_told
from tests.services.profile.test_actions_form import text_of
from tests.services.profile.world import DEZHOU, ID_NUMBER, World

ADMINISTRATOR = Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"}))


def reviewer(organization_id: UUID) -> Caller:
    """A reviewer of an organization."""
    roles: Any = frozenset({"reviewer"})
    return Caller(actor="gateway", account_id=new_id(), roles=roles, organization_id=organization_id)


async def filed(world: World) -> tuple[Caller, UUID]:
    """An applicant with a filed submission, whose scans have pages that can be drawn."""
    caller, submission = await world.filed()
    drawn_on = io.BytesIO()
    Image.new("RGB", (300, 420), "#dbe7f3").save(drawn_on, "JPEG")

    async def keep(session: Session) -> None:
        """Keep the same picture for each."""
        for scan in (await session.execute(select(Scan))).scalars():
            await files().keep(session, caller.person, page_key(scan.id, 1), drawn_on.getvalue())

    await world.database.act(keep)
    return caller, UUID(submission["submission_id"])


async def drawn(world: World, caller: Caller, submission_id: UUID) -> bytes:
    """Ask for the dossier, run its job, and fetch it."""
    document = await world.database.act(ask_dossier, caller, submission_id)
    row = await world.database.act(claim, Document, document.id)
    assert row is not None
    await draw_document(Work(world.database, row))
    again = await world.database.act(ask_dossier, caller, submission_id)
    assert (again.id, again.status, again.drawn, again.total) == (document.id, "done", again.total, again.total)

    async def fetch(session: Session) -> bytes:
        """Read the file."""
        return await files().read(session, document.account_id, document_key(document.id))

    return await world.database.read(fetch)


async def test_a_dossier_holds_form_scans_and_history_under_bookmarks(world: World) -> None:
    caller, submission_id = await filed(world)
    pdf = await drawn(world, caller, submission_id)
    document = pypdfium2.PdfDocument(pdf)
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    document.close()
    words = text_of(pdf)
    assert [title for level, title in marks if level == 0] == ["申报表", "证件与证明材料", "审核记录"]
    assert (1, "教育经历情况 · 第 1 条 · 证明材料") in marks
    assert [said for said in (ID_NUMBER, "提交", "第1版", "教育经历情况·第1条·证明材料") if said in words] == [
        ID_NUMBER,
        "提交",
        "第1版",
        "教育经历情况·第1条·证明材料",
    ]


async def test_a_dossier_proves_itself_and_shows_any_change(world: World) -> None:
    caller, submission_id = await filed(world)
    pdf = await drawn(world, caller, submission_id)
    verdict = verifier.verify(pdf, own_key().public)
    assert (verdict.code, verdict.manifest["version"], len(verdict.manifest["scans"])) == ("genuine", 1, 4)
    middle = len(pdf) // 3
    altered = pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]
    other = "A" * 43 + "="
    found = [verifier.verify(one).code for one in (altered, pdf + b"\n%more", pdf[: len(pdf) // 2])]
    assert found == ["paper_changed", "something_added", "unsigned"]
    assert verifier.verify(pdf, other).code == "signature_wrong"


async def test_a_reviewer_has_it_while_the_own_organization_holds_it(world: World) -> None:
    caller, submission_id = await filed(world)
    filing = await world.filing(caller)
    first, second = (reviewer(step.organization_id) for step in filing.route[:2])
    assert (await world.database.act(ask_dossier, first, submission_id)).asked_as == "reviewer"
    with pytest.raises(Missing):
        await world.database.act(ask_dossier, second, submission_id)
    step = filing.route[1]
    more = {
        "next_tier": step.tier,
        "next_organization_id": step.organization_id,
        "next_organization_name": step.organization_name,
    }
    await world.hear(TierDecided(**world.decided(filing, "employer", **more)))
    with pytest.raises(Missing):
        await world.database.act(ask_dossier, first, submission_id)
    assert (await world.database.act(ask_dossier, second, submission_id)).asked_as == "reviewer"


async def test_nobody_has_the_dossier_of_the_own_case_as_a_reviewer(world: World) -> None:
    caller, submission_id = await filed(world)
    office = (await world.filing(caller)).route[0].organization_id
    second = world.applicant()
    await world.fill(second)  # with the same ID number
    themselves = replace(second, roles=frozenset({"reviewer"}), organization_id=office)
    with pytest.raises(Missing):
        await world.database.act(ask_dossier, themselves, submission_id)


async def test_who_is_not_the_owner_leaves_an_access_and_a_note(world: World) -> None:
    caller, submission_id = await filed(world)
    filing = await world.filing(caller)
    await world.database.act(ask_dossier, caller, submission_id)
    await world.database.act(ask_dossier, reviewer(filing.route[0].organization_id), submission_id)
    (seen,) = (await world.database.read(accesses.accesses, caller.person, DEZHOU, Page(limit=20))).items
    assert (seen["kind"], seen["organization"]["name"], seen["version"]) == ("dossier", "鲁北新材料有限公司", 1)
    assert [note.action for note in await notes_told(world.database)] == ["dossier_exported"]


async def test_an_administrator_gets_the_form_under_masks(world: World) -> None:
    _caller, submission_id = await filed(world)
    words = text_of(await drawn(world, ADMINISTRATOR, submission_id))
    assert (ID_NUMBER in words, "*******0001" in words) == (False, True)


async def test_strangers_and_drafts_have_no_dossier(world: World) -> None:
    _caller, submission_id = await filed(world)
    for stranger in (world.applicant(), reviewer(new_id())):
        with pytest.raises(Missing):
            await world.database.act(ask_dossier, stranger, submission_id)
    with pytest.raises(Missing):
        await world.database.act(ask_dossier, ADMINISTRATOR, new_id())


async def test_another_state_asks_for_another_dossier(world: World) -> None:
    caller, submission_id = await filed(world)
    first = await world.database.act(ask_dossier, caller, submission_id)
    filing = await world.filing(caller)
    told = world.decided(filing, "employer", comment="请补充")
    await world.hear(Returned(**told, remarks=(), file_again_until=date(2026, 12, 11)))
    second = await world.database.act(ask_dossier, caller, submission_id)
    assert (first.id == second.id, second.version) == (False, 1)


async def test_one_that_failed_says_so_for_a_minute(world: World) -> None:
    caller, submission_id = await filed(world)
    document = await world.database.act(ask_dossier, caller, submission_id)
    over = "UPDATE document SET status = 'failed', finished_at = juxian_now() - make_interval(secs => {seconds})"

    async def fail(session: Session, seconds: int) -> None:
        """End it as failed, that long ago."""
        await session.execute(text(over.format(seconds=seconds)))

    await world.database.act(fail, 0)
    with pytest.raises(Unavailable, match="dossier_failed"):
        await world.database.act(ask_dossier, caller, submission_id)
    await world.database.act(fail, 61)
    assert (await world.database.act(ask_dossier, caller, submission_id)).id != document.id


async def test_a_dossier_goes_when_its_time_is_over(world: World) -> None:
    caller, submission_id = await filed(world)
    await drawn(world, caller, submission_id)

    async def age(session: Session) -> None:
        """Let its time be over."""
        await session.execute(update(Document).values(expires_at=Document.expires_at - timedelta(days=2)))

    await world.database.act(age)
    document = await world.database.act(ask_dossier, caller, submission_id)
    await drop_documents(world.database)

    async def fetch(session: Session) -> bytes:
        """Read the file."""
        return await files().read(session, caller.person, document_key(document.id))

    with pytest.raises(Missing):
        await world.database.read(fetch)
    assert (await world.database.act(ask_dossier, caller, submission_id)).status == "queued"


async def test_the_door_answers_202_until_it_is_drawn(world: World, client: Client) -> None:
    caller, submission_id = await filed(world)
    path, headers = f"/submissions/{submission_id}/dossier.pdf", client.as_caller(caller)
    waiting = await client.get(path, headers=headers)
    assert (waiting.status_code, waiting.headers["retry-after"], waiting.json()["status"]) == (202, "2", "queued")
    await drawn(world, caller, submission_id)
    given = await client.get(path, headers=headers)
    assert (given.status_code, given.headers["content-type"], given.content[:5]) == (200, "application/pdf", b"%PDF-")
