"""The same scan from two applicants: found by bytes, by numbers, by looks; and who learns of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import text

from services.profile.actions import processing
from services.profile.queries import scan_views
from services.profile.queries.bad_scans import bad_scans
from services.profile.queries.duplicates import duplicates, duplicates_of_version
from services.profile.queries.snapshots import for_review
from services.profile.scanning import Hashes, Line, Outcome, PageImage
from services.profile.scanning.steps.hashes import colour_grid, difference_hash
from shared.contracts.events import TierReached
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.ids import new_id
from tests.builders import files
from tests.services.profile.scanning import papers
from tests.services.profile.test_actions_checks import basic, recheck, row
from tests.services.profile.world import AT, World

Paper = tuple[list[Line], Image.Image]
PICTURE, OTHER, BLANK = files.portrait(), files.certificate(), Image.new("RGB", (400, 500), "white")


def looks(image: Image.Image) -> tuple[str, str]:
    """What a page looks like."""
    return difference_hash(image.convert("L")), colour_grid(image.convert("RGB"))


async def uploaded(
    world: World,
    caller: Caller,
    lines: list[Line],
    image: Image.Image = PICTURE,
    purpose: str = "proof",
    **columns: str,
) -> UUID:
    """A scan that was read."""
    scan_id = await world.scan(caller, purpose, status="processing", **columns)
    scan = await world.database.read(row, scan_id)
    page, colours = looks(image)
    hashes = Hashes("", "", (page,), (colours,))
    outcome = Outcome("ready", lines=tuple(lines), pages=(PageImage(Path("page-001.jpg"), 9, 9),), hashes=hashes)
    await world.database.act(processing.keep_outcome, scan, outcome)
    return UUID(scan_id)


async def found(world: World, *scan_ids: UUID) -> dict[UUID, int]:
    """The duplicates among these."""
    return await world.database.read(duplicates, scan_ids)


def numbered(number: str) -> list[Line]:
    """A diploma with another number on it."""
    return [replace(line, text=line.text.replace("104221200805012345", number)) for line in papers.DIPLOMA]


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ((papers.DIPLOMA, OTHER), (papers.DIPLOMA, PICTURE), True),
        ((papers.DIPLOMA, OTHER), (numbered("104221200805019999"), OTHER), False),
        ((papers.BACK, OTHER), (papers.BACK, OTHER), False),
        (([], PICTURE), ([], PICTURE.resize((400, 533))), True),
        (([], PICTURE), ([], OTHER), False),
        (([], PICTURE), (papers.DIPLOMA, PICTURE), False),
        (([], BLANK), ([], BLANK), False),
    ],
    ids=[
        "a number",
        "another number",
        "backs of cards",
        "a smaller copy",
        "another picture",
        "a page of text",
        "blank",
    ],
)
async def test_what_another_applicant_has_uploaded_too_is_found(
    mine: Paper, theirs: Paper, same: bool, world: World
) -> None:
    first = await uploaded(world, world.applicant(), *mine)
    second = await uploaded(world, world.applicant(), *theirs)

    assert await found(world, first, second) == ({first: 1, second: 1} if same else {})


async def test_the_same_bytes_are_found_whatever_was_read(world: World) -> None:
    first = await uploaded(world, world.applicant(), [], PICTURE, sha256="a" * 64)
    second = await uploaded(world, world.applicant(), papers.DIPLOMA, OTHER, sha256="a" * 64)

    assert set(await found(world, first, second)) == {first, second}


async def test_a_persons_own_use_is_no_duplicate_in_whichever_account(world: World) -> None:
    one, other = world.applicant(), world.applicant()
    first = await uploaded(world, one, papers.DIPLOMA)
    again = await uploaded(world, one, papers.DIPLOMA)
    assert await found(world, first, again) == {}
    second = await uploaded(world, other, papers.DIPLOMA)
    assert await found(world, second) == {second: 1}

    for caller in (one, other):
        await basic(world, caller, await world.scan(caller, "id_scan"))
    assert await recheck(world) == 2

    assert await found(world, first, again, second) == {}


async def test_the_city_and_administrators_see_it_and_nobody_else(world: World) -> None:
    caller, filing = await _filed_with_a_duplicate(world)
    version = await world.database.read(for_review, filing.submission_id, 1)
    scan_id = UUID(str(next(scan for scan in version["scans"] if scan["section"] == "education")["scan_id"]))
    for tier, name in (("employer", "lubei"), ("city_service_centre", "centre"), ("county_hr_bureau", "hr")):
        reached = world.of_case(filing, tier, reached_at=AT, due_on=AT.date(), again=False)
        await world.hear(TierReached.model_validate({**reached, "organization_id": world.organizations[name]}))

    async def sees(viewer: Caller) -> list[str]:
        shown = await world.database.read(scan_views.scan, viewer, scan_id, "zh")
        return [check["outcome"] for check in shown["checks"] if check["check"] == "duplicate"]

    def reviewer(name: str) -> Caller:
        return replace(_someone("reviewer"), organization_id=world.organizations[name])

    assert [await sees(viewer) for viewer in (reviewer("centre"), _someone("administrator"))] == [["attention"]] * 2
    assert [await sees(viewer) for viewer in (caller, reviewer("lubei"), reviewer("hr"))] == [[], [], []]
    assert all(check["check"] != "duplicate" for scan in version["scans"] for check in scan["checks"])
    marks = await world.database.read(duplicates_of_version, filing.submission_id, 1)
    assert marks[str(scan_id)]["outcome"] == "attention"
    assert sorted({mark["outcome"] for mark in marks.values()}) == ["attention", "passed"]


async def test_no_letter_tells_of_it(world: World) -> None:
    caller = world.applicant()
    first = await uploaded(world, caller, papers.DIPLOMA)
    await uploaded(world, world.applicant(), papers.DIPLOMA)

    assert await found(world, first)
    assert await world.database.read(bad_scans, caller.person) == []


async def test_the_index_is_asked(world: World) -> None:
    async def plan(session: Session) -> str:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        rows = await session.execute(
            text("EXPLAIN SELECT 1 FROM scan_print WHERE tokens && ARRAY['text:1']::varchar[]")
        )
        return "\n".join(str(line) for (line,) in rows)

    assert "scan_print_tokens" in await world.database.read(plan)


def _someone(role: Any) -> Caller:  # noqa: ANN401 - a role
    return Caller(actor="gateway", account_id=new_id(), roles=frozenset({role}))


async def _filed_with_a_duplicate(world: World) -> tuple[Caller, Any]:
    """An applicant whose proof of education somebody else has uploaded too."""
    caller, _shown = await world.filed()
    filing = await world.filing(caller)
    version = await world.database.read(for_review, filing.submission_id, 1)
    scan_id = next(scan for scan in version["scans"] if scan["section"] == "education")["scan_id"]
    sha256 = (await world.database.read(row, str(scan_id))).sha256
    scan = await world.database.read(row, str(scan_id))
    page, colours = looks(PICTURE)
    outcome = Outcome(
        "ready", lines=(), pages=(PageImage(Path("page-001.jpg"), 9, 9),), hashes=Hashes("", "", (page,), (colours,))
    )
    await world.database.act(processing.keep_outcome, scan, outcome)
    await uploaded(world, world.applicant(), papers.FRONT, OTHER, sha256=sha256)
    return caller, filing
