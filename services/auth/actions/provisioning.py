"""Provisioned accounts: opened for people whom an administrator lists, each with an initial password."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.auth.actions import telling
from services.auth.actions.hashing import Secret, initial_of, new_initial_password
from services.auth.actions.opening import Opening, add_programme, open_account
from services.auth.models import Account
from services.auth.rules import usernames
from services.auth.settings import settings
from shared.contracts.refusals import Conflict
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.vault import Json, vault
from shared.programmes.facts import pinyin

TRIES = 1000
"""So many people of one name are told apart by a number."""


@dataclass(frozen=True, slots=True)
class Person:
    """One line of a list: everything already judged. `username` is proposed from the name where it is left out."""

    name: str
    id_number: str
    mobile: str
    email: str
    organization_id: UUID | None = None
    username: str | None = None
    initial_password: str | None = None
    """Given in a demo world alone; otherwise random, so that nobody chooses it (quality 5 A64)."""


@dataclass(frozen=True, slots=True)
class Provisioned:
    """What came of it: the account, and the initial password to hand out once; None for somebody known already."""

    account_id: UUID
    username: str
    initial_password: str | None


async def provision(session: Session, programme: str, people: tuple[Person, ...]) -> tuple[Provisioned, ...]:
    """Open an account for each person, or add the programme to the one they have (by ID number).

    Tells `AccountOpened`, or `AccountChanged`; all of them or, where one fails, none.
    """
    return tuple([await _provision(session, programme, person) for person in people])


def id_index(id_number: str) -> str:
    """By what equal ID numbers are found, in every service."""
    return vault().index(id_number.upper(), "id_number")


async def _provision(session: Session, programme: str, person: Person) -> Provisioned:
    """One person."""
    index = id_index(person.id_number)
    found = await session.execute(select(Account).where(col(Account.id_index) == index).with_for_update())
    known = found.scalar_one_or_none()
    if known is not None:
        if await add_programme(session, known.id, programme, _said(person)):
            await telling.changed(session, known)
        return Provisioned(known.id, known.username, None)
    password = person.initial_password or new_initial_password()
    account = await _open(session, programme, person, index, password)
    await telling.opened(session, account, programme)
    return Provisioned(account.id, account.username, password)


async def _open(session: Session, programme: str, person: Person, index: str, password: str) -> Account:
    """Open the account under the first username that is free."""
    days = settings().initial_days
    ends_at = await clock.now(session) + timedelta(days=days) if days and not settings().demo else None
    names = [person.username] if person.username else usernames.proposals(pinyin.for_username(person.name))
    for username in islice(names, TRIES):
        account = await open_account(
            session,
            Opening(
                username=username,
                name=person.name,
                email=person.email,
                mobile=person.mobile,
                opened_by="import",
                programme=programme,
                secret=Secret("initial", initial_of(password)),
                password_ends_at=ends_at,
                imported=_said(person),
                id_index=index,
            ),
        )
        if account is not None:
            return account
    raise Conflict("username_taken")


def _said(person: Person) -> dict[str, Json]:
    """What the list said of the person, as it is kept for profile."""
    return {
        "name": person.name,
        "id_number": person.id_number,
        "mobile": person.mobile,
        "email": person.email,
        "organization_id": str(person.organization_id) if person.organization_id else None,
    }
