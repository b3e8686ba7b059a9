"""Seals: what may be decided, who wins, and when a seal without a decision is lifted."""

import asyncio
import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.profile import clients
from services.profile.actions import seals
from services.profile.actions.entries import save_section
from services.profile.actions.submit import submit
from services.profile.actions.withdraw import withdraw
from services.profile.queries.submissions import submissions
from services.profile.rules.seals import Asked
from shared.contracts.events import TierDecided
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Unavailable
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.web.paging import Page
from tests.services.profile.world import DEZHOU, HEBEI, World

ROUNDS = 200


async def sealed(world: World, *items: Asked) -> list[tuple[bool, str | None]]:
    """Whether each was sealed, and why not."""
    answer = await world.database.act(seals.seal, items)
    return [(item["sealed"], item["reason"]) for item in answer["items"]]


async def test_only_the_newest_version_in_review_is_sealed_and_twice_is_harmless(world: World) -> None:
    caller, filed = await world.filed()
    await world.database.act(submit, caller, DEZHOU, None)
    submission_id = (await world.filing(caller)).submission_id
    assert str(submission_id) == filed["submission_id"]

    asked = [Asked("submission", submission_id, version) for version in (2, 1, 2)]
    answers = await sealed(world, *asked, Asked("submission", new_id(), 1))

    assert answers == [(True, None), (False, "superseded"), (True, None), (False, "unknown")]


async def test_a_sealed_version_can_be_neither_edited_nor_replaced_nor_withdrawn(world: World) -> None:
    caller, _filed = await world.filed()
    submission_id = (await world.filing(caller)).submission_id
    await sealed(world, Asked("submission", submission_id, 1))

    codes = []
    for action, given in (
        (save_section, (caller, DEZHOU, "basic", {}, None)),
        (submit, (caller, DEZHOU, None)),
        (withdraw, (caller, submission_id)),
    ):
        with pytest.raises(Conflict) as refused:
            await world.database.act(action, *given)
        codes.append((refused.value.code, refused.value.members["tier"]))

    assert codes == [("in_review", "employer"), ("already_in_review", "employer"), ("already_in_review", "employer")]


async def test_a_withdrawn_version_is_not_sealed(world: World) -> None:
    caller, _filed = await world.filed()
    submission_id = (await world.filing(caller)).submission_id
    withdrawn = await world.database.act(withdraw, caller, submission_id)

    assert (withdrawn["status"], withdrawn["tier"]) == ("withdrawn", None)
    assert await sealed(world, Asked("submission", submission_id, 1)) == [(False, "withdrawn")]


@pytest.mark.timeout(300)
async def test_of_seal_and_withdrawal_and_new_filing_exactly_one_wins(world: World) -> None:
    """Each round sends the employer's seal against the applicant's withdrawal or new filing, at the same moment."""
    caller = world.applicant((HEBEI,), opened_by="import")
    await world.fill(caller, HEBEI, "hebei")
    chance = random.Random(20261121)
    outcomes = set()

    for _round in range(ROUNDS):
        filed = await world.database.act(_pending, caller)
        asked = Asked("submission", UUID(filed["submission_id"]), filed["version"])
        rival = _withdrawing(world, caller, asked.id) if chance.random() < 0.5 else _filing(world, caller)
        sealing = _sealing(world, asked)
        if chance.random() < 0.5:
            is_sealed, is_changed = await asyncio.gather(sealing, rival)
        else:
            is_changed, is_sealed = await asyncio.gather(rival, sealing)
        assert is_sealed is not is_changed
        outcomes.add(is_sealed)

    assert outcomes == {True, False}


async def _pending(session: Session, caller: Caller) -> dict[str, Any]:
    """The applicant's submission in review, without a seal: filed anew where it was withdrawn."""
    await session.execute(text("UPDATE submission SET sealed_version = NULL, sealed_at = NULL, seal_settled = false"))
    pending = await submissions(session, caller.person, Page())
    if pending.items and pending.items[0]["status"] == "in_review":
        return pending.items[0]
    return await submit(session, caller, HEBEI, None)


async def _sealing(world: World, asked: Asked) -> bool:
    """Whether the seal was given."""
    return (await sealed(world, asked))[0][0]


async def _withdrawing(world: World, caller: Caller, submission_id: UUID) -> bool:
    """Whether the withdrawal was taken."""
    try:
        await world.database.act(withdraw, caller, submission_id)
    except Conflict:
        return False
    return True


async def _filing(world: World, caller: Caller) -> bool:
    """Whether the new filing was taken."""
    try:
        await world.database.act(submit, caller, HEBEI, None)
    except Conflict:
        return False
    return True


async def test_a_seal_without_decision_is_lifted_only_once_review_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, _filed = await world.filed()
    submission_id = (await world.filing(caller)).submission_id
    await sealed(world, Asked("submission", submission_id, 1))
    asked: list[int] = []
    monkeypatch.setattr(clients, "undecided", _silent)

    await seals.lift_unanswered(world.database)
    await world.database.act(clock.advance, timedelta(seconds=61).total_seconds())
    await seals.lift_unanswered(world.database)
    assert await _is_locked(world, caller)

    async def none_decided(held: list[Asked]) -> set[object]:
        """Review has no decision on any."""
        asked.extend(seal.version for seal in held)
        return {seal.id for seal in held}

    monkeypatch.setattr(clients, "undecided", none_decided)
    await seals.lift_unanswered(world.database)

    assert asked == [1]
    assert not await _is_locked(world, caller)


async def test_a_seal_set_anew_while_review_was_asked_stays(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    caller, _filed = await world.filed()
    asked = Asked("submission", (await world.filing(caller)).submission_id, 1)
    await sealed(world, asked)
    await world.database.act(clock.advance, 61.0)

    async def sealing_meanwhile(held: list[Asked]) -> set[object]:
        """Another decision begins just after review answered."""
        await sealed(world, asked)
        return {seal.id for seal in held}

    monkeypatch.setattr(clients, "undecided", sealing_meanwhile)
    await seals.lift_unanswered(world.database)

    assert await _is_locked(world, caller)


async def test_a_seal_whose_decision_was_heard_is_never_asked_about(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    await sealed(world, Asked("submission", filing.submission_id, 1))
    await world.hear(
        TierDecided(
            **world.decided(filing, "employer"),
            next_tier="county_hr_bureau",
            next_organization_id=world.organizations["hr"],
            next_organization_name="德城区人社局",
        )
    )
    await world.database.act(clock.advance, 3600.0)
    monkeypatch.setattr(clients, "undecided", _silent)

    await seals.lift_unanswered(world.database)

    assert await _is_locked(world, caller)


async def _silent(_held: list[Asked]) -> set[object]:
    """Review is away."""
    raise Unavailable


async def _is_locked(world: World, caller: Caller) -> bool:
    """Whether the draft refuses an edit."""
    try:
        await world.database.act(save_section, caller, DEZHOU, "basic", {}, None)
    except Conflict:
        return True
    return False
