"""Checks that belong to what was filed: the applicant's view follows the draft, the reviewers' does not."""

from typing import Any
from uuid import UUID

import pytest

from services.profile.actions.submit import submit
from services.profile.queries import scan_views
from services.profile.queries.snapshots import for_review
from shared.contracts.events import SubmissionFiled, TierReached
from shared.contracts.identity import Caller
from shared.kit.ids import new_id
from tests.services.profile.scanning import papers
from tests.services.profile.test_actions_checks import basic, codes, read, recheck
from tests.services.profile.world import AT, DEZHOU, World

Filed = tuple[Caller, str, SubmissionFiled]


@pytest.fixture
async def filed(world: World) -> Filed:
    """A filing whose card says another name than the draft; the employer has it, and the draft is mended since."""
    caller = world.applicant()
    await world.fill(caller)
    card = await world.scan(caller, "id_scan", pages=1)
    await read(world, card, papers.FRONT)
    await basic(world, caller, card, name="张玮")
    await world.database.act(submit, caller, DEZHOU, None)
    filing = await world.filing(caller)
    await world.hear(_reached(world, filing))
    await basic(world, caller, card)
    await recheck(world)
    return caller, card, filing


def _reached(world: World, filing: SubmissionFiled) -> TierReached:
    return TierReached(**world.of_case(filing, "employer", reached_at=AT, due_on=AT.date(), again=False))


async def asked(world: World, viewer: Caller, scan_id: str) -> set[str]:
    """The checks that ask a viewer to look."""
    shown = await world.database.read(scan_views.scan, viewer, UUID(scan_id), "zh")
    return {check["check"] for check in shown["checks"] if check["outcome"] == "attention"}


def employer(world: World) -> Caller:
    """A reviewer of the employer."""
    organization = world.organizations["lubei"]
    roles = frozenset({"reviewer"})
    return Caller(actor="gateway", account_id=new_id(), roles=roles, organization_id=organization)  # type: ignore[arg-type]  # roles


async def in_version(world: World, filing: SubmissionFiled, card: str) -> set[str]:
    """The checks of the card that review keeps with a version, as far as they ask for a look."""
    version: dict[str, Any] = await world.database.read(for_review, filing.submission_id, filing.version)
    scan = next(scan for scan in version["scans"] if str(scan["scan_id"]) == card)
    return {check["check"] for check in scan["checks"] if check["outcome"] == "attention"}


async def test_reviewers_see_the_checks_of_what_was_filed(world: World, filed: Filed) -> None:
    caller, card, filing = filed

    assert await codes(world, card) == set()
    assert await asked(world, caller, card) == set()
    assert await asked(world, employer(world), card) == {"name_found"}
    assert await in_version(world, filing, card) == {"name_found"}


async def test_the_count_of_a_case_follows_the_version_under_review(world: World, filed: Filed) -> None:
    caller, card, filing = filed
    assert filing.attention == 1

    await world.database.act(submit, caller, DEZHOU, None)

    newer = await world.filing(caller)
    assert (newer.version, newer.attention) == (2, 0)
    assert await in_version(world, newer, card) == set()
    assert await asked(world, employer(world), card) == {"name_found"}, "version 2 has not reached it yet"
    await world.hear(_reached(world, newer))
    assert await asked(world, employer(world), card) == set()
    assert await in_version(world, filing, card) == {"name_found"}


async def test_what_is_filed_is_checked_even_where_the_job_still_waits(world: World, filed: Filed) -> None:
    caller, card, _filing = filed
    await basic(world, caller, card, gender="2")

    await world.database.act(submit, caller, DEZHOU, None)

    newer = await world.filing(caller)
    assert await codes(world, card) == set()
    assert (newer.attention, await in_version(world, newer, card)) == (1, {"gender"})
