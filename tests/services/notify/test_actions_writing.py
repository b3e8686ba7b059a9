"""Writing letters: the right people, once each, and nobody who should not hear of it."""

from uuid import UUID

import pytest

from services.notify.models import MAIL, MAILINGS, URGENT
from services.notify.queries.people import NotHeardOfYet
from shared.contracts import events
from shared.kit.vault import vault
from tests.services.notify import samples
from tests.services.notify.conftest import Desk

OTHER = UUID("01932f00-0000-7000-8000-000000000041")


async def written(desk: Desk) -> list[tuple[str, UUID]]:
    """Which letter was written to whom."""
    return sorted((letter.letter, letter.account_id) for letter in await desk.letters())


async def test_an_account_that_is_opened_is_greeted(desk: Desk) -> None:
    await desk.hear(samples.opened(account_id=OTHER))

    assert await written(desk) == [("account_registered", OTHER)]
    assert [row.queue for row in await desk.deliveries()] == [MAIL]


async def test_letters_of_an_import_wait_in_the_slow_lane(desk: Desk) -> None:
    await desk.hear(samples.opened("import", account_id=OTHER))

    assert [(row.queue, row.enqueued_at) for row in await desk.deliveries()] == [(MAILINGS, None)]


async def test_the_first_tiers_reviewers_hear_of_a_filing_once(desk: Desk) -> None:
    await desk.hear(samples.filed(), samples.reached())

    assert await written(desk) == [("case_waiting", samples.REVIEWER), ("submission_filed", samples.ACCOUNT)]


async def test_an_event_told_twice_is_written_once(desk: Desk) -> None:
    await desk.hear(samples.reached(), samples.reached())

    assert len(await desk.letters()) == len(await desk.deliveries()) == 1


async def test_another_version_is_another_letter(desk: Desk) -> None:
    await desk.hear(samples.reached(), samples.reached(version=2, sequence=2, again=True))

    assert len(await desk.letters()) == 2


async def test_a_disabled_reviewer_is_not_written_to(desk: Desk) -> None:
    state = samples.reviewer().model_dump(
        exclude={"opened_by", "programme", "link_token", "link_expires_at", "opened_at"}
    )
    await desk.hear(events.AccountChanged.model_validate({**state, "version": 2, "disabled": True}), samples.reached())

    assert await written(desk) == []


async def test_a_reviewer_is_not_told_of_an_own_case(desk: Desk) -> None:
    await desk.hear(samples.reached(account_id=samples.REVIEWER))

    assert await written(desk) == []


async def test_a_reviewer_with_the_applicants_id_number_is_not_told(desk: Desk) -> None:
    await desk.hear(
        samples.reviewer(version=2, id_index="7" * 64),
        samples.opened("operator", version=2, id_index="7" * 64),
        samples.reached(),
    )

    assert await written(desk) == []


async def test_escalation_goes_to_administrators_alone(desk: Desk) -> None:
    await desk.hear(
        samples.opened("operator", account_id=samples.ADMINISTRATOR, roles=("administrator",), programmes=()),
        samples.overdue(escalated=True),
    )

    assert await written(desk) == [("case_escalated", samples.ADMINISTRATOR)]


async def test_a_reset_link_travels_by_the_urgent_queue_and_stands_in_no_portal(desk: Desk) -> None:
    await desk.hear(samples.reset())

    (row,), (letter,) = await desk.deliveries(), await desk.letters()
    assert (row.queue, row.expires_at, letter.shown) == (URGENT, samples.LATER, False)


@pytest.mark.parametrize("event", [samples.filed(account_id=OTHER), samples.reached(organization_id=OTHER)])
async def test_an_event_of_somebody_not_heard_of_is_heard_again_later(desk: Desk, event: events.Event) -> None:
    with pytest.raises(NotHeardOfYet):
        await desk.hear(event)


async def test_an_older_state_of_an_account_changes_nothing(desk: Desk) -> None:
    newer = samples.reviewer(version=3, mail_mode="daily")
    await desk.hear(newer, samples.reviewer(version=2), samples.reached())

    assert [letter.for_digest for letter in await desk.letters()] == [True]


async def test_an_older_state_of_an_organization_changes_nothing(desk: Desk) -> None:
    await desk.hear(samples.organization(version=3, name="新名称"), samples.organization(version=2, name="旧名称"))
    await desk.hear(
        samples.reviewer(opened_by="invitation", link_token=samples.wrapped(), link_expires_at=samples.LATER)
    )

    assert await written(desk) == [("reviewer_invited", samples.REVIEWER)]


async def test_letters_to_a_merged_organization_go_to_its_last_heir(desk: Desk) -> None:
    heir, last = UUID(int=41), UUID(int=42)
    for key, into in ((samples.EMPLOYER, heir), (heir, last)):
        await desk.hear(samples.organization(organization_id=key, version=2, merged_into=into, disabled=True))
    await desk.hear(
        samples.organization(organization_id=last),
        samples.reviewer().model_copy(update={"version": 2, "organization_id": last}),
    )

    await desk.hear(samples.reached(organization_id=samples.EMPLOYER))

    assert await written(desk) == [("case_waiting", samples.REVIEWER)]


async def test_a_change_request_that_was_handed_over_is_told_anew(desk: Desk) -> None:
    await desk.hear(*[event for event in samples.every_event() if isinstance(event, events.ChangeHandedOver)])

    assert await written(desk) == [("change_requested", samples.REVIEWER)]


async def test_a_colleague_who_stands_in_is_written_to_as_well(desk: Desk) -> None:
    await desk.hear(samples.reviewer().model_copy(update={"account_id": OTHER}), samples.reached())

    assert await written(desk) == [("case_waiting", samples.REVIEWER), ("case_waiting", OTHER)]


async def test_every_sample_is_written(desk: Desk) -> None:
    await desk.hear(
        samples.opened("operator", account_id=samples.ADMINISTRATOR, roles=("administrator",), programmes=())
    )
    for event in samples.every_event():
        await desk.hear(event)

    assert {letter.letter for letter in await desk.letters()} | {"daily_digest", "announcement"} == set(samples.LETTERS)
    assert len({letter.event_key for letter in await desk.letters()}) > 20


async def test_an_erased_person_is_written_to_no_more(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        await vault().erase(session, samples.REVIEWER)
    await desk.hear(samples.reached())

    assert await written(desk) == []
