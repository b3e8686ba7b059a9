"""Writes letters: a row a person and event, and a job for each that travels alone."""

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.notify.models import MAIL, MAILINGS, URGENT, Delivery, Letter
from services.notify.queries.people import Addressee, addressees
from services.notify.queries.wording import Content
from services.notify.rules import Draft, Everyone, Json, Owner, drafts_of, event_key
from services.notify.settings import settings
from shared.contracts.events import Event
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.jobs import later
from shared.kit.vault import vault


async def write_letters(session: Session, event: Event) -> None:
    """Write every letter of an event, in its own transaction: once for each person, however often it is told."""
    for draft in drafts_of(event):
        for addressee in await addressees(session, draft.to):
            await write(session, draft, addressee, event_key(event))


async def write(session: Session, draft: Draft, addressee: Addressee, key: UUID) -> UUID | None:
    """Write one letter to one person; gives its id, None where it was written before.

    What follows: its row, which is the portal's message too; then its delivery, unless it waits for the digest
    of a person who wants one letter a day.
    """
    letter = await _letter_row(session, draft, addressee, key)
    written = insert(Letter).values(letter).on_conflict_do_nothing(constraint="letter_once").returning(col(Letter.id))
    if (await session.execute(written)).first() is None:
        return None
    if not letter["for_digest"]:
        delivery = await _delivery_row(session, draft, addressee, letter["id"])
        _send(session, draft, delivery)
    return UUID(str(letter["id"]))


def _send(session: Session, draft: Draft, delivery: dict[str, Any]) -> None:
    """Let the letter go at once, by its queue; one that can wait is let through by the sweeper, a few at a time."""
    if draft.can_wait:
        session.add(Delivery(queue=MAILINGS, **delivery))
    else:
        later(session, Delivery(queue=URGENT if draft.urgent else MAIL, **delivery))


async def write_many(session: Session, draft: Draft, addressees: list[Addressee], key: UUID, queue: str) -> int:
    """Write one letter to many people, once to each; gives how many had none before.

    Their deliveries wait in `queue` for the sweeper, which lets no more through than the queue can carry.
    """
    letters = {row["id"]: row for row in [await _letter_row(session, draft, each, key) for each in addressees]}
    if not letters:
        return 0
    rows = insert(Letter).values(list(letters.values())).on_conflict_do_nothing(constraint="letter_once")
    written = set((await session.execute(rows.returning(col(Letter.id)))).scalars())
    deliveries = [
        await _delivery_row(session, draft, addressee, letter_id)
        for addressee, letter_id in zip(addressees, letters, strict=True)
        if letter_id in written and not letters[letter_id]["for_digest"]
    ]
    if deliveries:
        await session.execute(insert(Delivery).values([{**row, "queue": queue} for row in deliveries]))
    return len(written)


async def _letter_row(session: Session, draft: Draft, addressee: Addressee, key: UUID) -> dict[str, Any]:
    """The letter's row: it waits for the digest where its reader wants one letter a day."""
    letter_id = new_id()
    return {
        "id": letter_id,
        "event_key": key,
        "letter": draft.letter,
        "account_id": addressee.account_id,
        "programme": _programme(draft, addressee),
        "language": addressee.language,
        "params": await _sealed_params(session, draft, addressee, letter_id),
        "shown": draft.shown,
        "for_digest": draft.is_for_digest and addressee.is_daily,
    }


async def _sealed_params(session: Session, draft: Draft, addressee: Addressee, letter_id: UUID) -> bytes:
    """All that the letter says, under the key of the person who gets it."""
    params = dict(draft.params)
    if isinstance(draft.to, Owner) and "applicant" not in params:
        params = {**_of_person(addressee), **params}
    said = Content(addressee.name, draft.link, draft.token, params)
    return await vault().seal(
        session, addressee.account_id, said.sealed(), table="letter", column="params", row_id=letter_id
    )


def _of_person(addressee: Addressee) -> dict[str, Json]:
    """What a letter says of the person whom it goes to, where the event did not."""
    person: dict[str, Json] = {"username": addressee.username, "own_organization": addressee.organization}
    return person | ({"applicant": addressee.name} if addressee.is_applicant else {})


async def _delivery_row(session: Session, draft: Draft, addressee: Addressee, letter_id: UUID) -> dict[str, Any]:
    """The row of a delivery to the address that the person has now, or that the draft names."""
    address = draft.to.email if isinstance(draft.to, Owner) and draft.to.email else addressee.email
    delivery_id = new_id()
    return {
        "id": delivery_id,
        "letter_id": letter_id,
        "account_id": addressee.account_id,
        "address": await vault().seal(
            session, addressee.account_id, address, table="delivery", column="address", row_id=delivery_id
        ),
        "address_index": vault().index(address, "email"),
        "expires_at": draft.expires_at,
    }


def _programme(draft: Draft, addressee: Addressee) -> str | None:
    """The programme that the letter names: the event's, else one of the person's own; none where it is for all."""
    if isinstance(draft.to, Everyone):
        return draft.programme
    return draft.programme or next(iter(addressee.programmes), settings().default_programme)
