"""Opens the accounts of many rows with few statements: keys, accounts, programmes, events, each at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlmodel import col

from services.auth.actions import telling
from services.auth.actions.hashing import initial_of, new_initial_password
from services.auth.actions.opening import add_programme, email_index, sealed_email, sealed_mobile
from services.auth.actions.provisioning import id_index
from services.auth.models import Account, AccountProgramme, ImportRow, Organization, PeopleImport
from services.auth.queries import accounts
from services.auth.queries.importing import known_people
from services.auth.rules import usernames
from services.auth.rules.accounts import readings
from services.auth.rules.people import Employer, Known, Trouble, against
from services.auth.settings import settings
from shared.contracts.events import AccountOpened
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.outbox import tell
from shared.kit.vault import Json, vault
from shared.programmes.facts import pinyin

SECRET = "import-credentials"  # noqa: S105 - a purpose, not a secret
NAMED = ("name", "id_type", "id_number", "mobile", "email")
ROUNDS = 20
"""So often other usernames are tried where somebody else took one in the same moment."""

IF_FREE = insert_or_skip(Account).on_conflict_do_nothing(index_elements=["username_key"])
"""Run with many rows, which travel in a pipeline; one statement of all values would be compiled anew each time."""


@dataclass(slots=True)
class Newcomer:
    """Somebody whose account is about to be opened."""

    row: ImportRow
    said: Mapping[str, str]
    index: str
    account_id: UUID
    password: str
    names: Iterator[str]
    username: str = ""


def imported(said: Mapping[str, str], row: ImportRow) -> dict[str, Json]:
    """What a list said of a person, as profile will be told."""
    named: dict[str, Json] = {field: said.get(field) for field in NAMED}
    return named | {"organization_id": str(row.organization_id)}


async def create(session: Session, listed: PeopleImport, rows: Sequence[ImportRow]) -> None:
    """Open an account for each row, or add the programme to the account that the person has.

    What has changed since the preview is judged again: such a row ends as failed. Tells `AccountOpened` for each.
    """
    people = await _said(session, listed, rows)
    indexes = {row.id: id_index(said["id_number"]) for row, said in people}
    known = await known_people(session, set(indexes.values()), listed.programme)
    employers = await _employers(session, {row.organization_id for row in rows if row.organization_id})
    fresh, proposed = list[Newcomer](), dict[str, Iterator[str]]()
    done = list[dict[str, Any]]()
    for row, said in people:
        person = known.get(indexes[row.id])
        meant = [employers[row.organization_id]] if row.organization_id in employers else []
        troubles = against(said["name"], None, meant, person, listed.programme)
        if troubles:
            done.append(_failed(row, troubles))
        elif person is not None:
            done.append(await _add(session, listed, row, said, person))
        else:
            stem = pinyin.for_username(said["name"])
            names = proposed.setdefault(stem, usernames.proposals(stem))  # namesakes go on where the last one stood
            fresh.append(Newcomer(row, said, indexes[row.id], new_id(), new_initial_password(), names))
    done += await _open(session, listed, fresh)
    await session.execute(update(ImportRow), done)


async def _open(session: Session, listed: PeopleImport, fresh: Sequence[Newcomer]) -> list[dict[str, Any]]:
    """Open the newcomers' accounts; gives the ends of their rows."""
    if not fresh:
        return []
    await vault().introduce(session, [one.account_id for one in fresh])
    now = await clock.now(session)
    columns = {one.account_id: await _account(session, listed, one, now) for one in fresh}
    await _insert(session, fresh, columns)
    await session.execute(insert(AccountProgramme), [await _programme(session, listed, one) for one in fresh])
    for one in fresh:
        _tell_opened(session, listed, one, now)
    return [
        _end(
            one.row,
            "created",
            account_id=one.account_id,
            username=one.username,
            secret=vault().wrap(one.password, SECRET),
        )
        for one in fresh
    ]


async def _insert(session: Session, fresh: Sequence[Newcomer], columns: Mapping[UUID, dict[str, Any]]) -> None:
    """Write the accounts, each under the first free username; in one order everywhere, so that none waits in a ring."""
    taken, waiting = await _taken(session, fresh), list(fresh)
    for _round in range(ROUNDS):
        for one in waiting:
            one.username = next(name for name in one.names if usernames.key(name) not in taken)
            taken.add(usernames.key(one.username))
        values = [
            columns[one.account_id] | {"username": one.username, "username_key": usernames.key(one.username)}
            for one in sorted(waiting, key=lambda one: usernames.key(one.username))
        ]
        await (await session.connection()).execute(IF_FREE, values)
        written = await _written(session, [one.account_id for one in waiting])
        waiting = [one for one in waiting if one.account_id not in written]
        if not waiting:
            return
    message = "no username is free"
    raise RuntimeError(message)


async def _written(session: Session, account_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these accounts are there."""
    found = await session.execute(select(col(Account.id)).where(col(Account.id).in_(account_ids)))
    return set(found.scalars())


async def _taken(session: Session, fresh: Sequence[Newcomer]) -> set[str]:
    """The usernames that begin like one of theirs and differ by a number."""
    stems = {usernames.key(pinyin.for_username(one.said["name"])).rstrip("0123456789") for one in fresh} | {"user"}
    found = await session.execute(select(col(Account.username_key)).where(col(Account.username_stem).in_(stems)))
    return set(found.scalars())


async def _account(session: Session, listed: PeopleImport, one: Newcomer, now: datetime) -> dict[str, Any]:
    """The account's columns but for its username."""
    days = settings().initial_days
    return {
        "id": one.account_id,
        "name": one.said["name"],
        **readings(one.said["name"]),
        "email": await sealed_email(session, one.account_id, one.said["email"]),
        "email_index": email_index(one.said["email"]),
        "mobile": await sealed_mobile(session, one.account_id, one.said["mobile"]),
        "roles": ["applicant"],
        "opened_by": "import",
        "opened_for": listed.programme,
        "password": initial_of(one.password),
        "password_kind": "initial",
        "password_ends_at": now + timedelta(days=days) if days and not settings().demo else None,
        "must_change_password": True,
        "id_index": one.index,
    }


async def _programme(session: Session, listed: PeopleImport, one: Newcomer) -> dict[str, Any]:
    """The programme that the account is opened for, with what the list said of the person."""
    row_id = new_id()
    sealed = await vault().seal(
        session,
        one.account_id,
        imported(one.said, one.row),
        table="account_programme",
        column="imported",
        row_id=row_id,
    )
    return {"id": row_id, "account_id": one.account_id, "programme": listed.programme, "imported": sealed}


def _tell_opened(session: Session, listed: PeopleImport, one: Newcomer, now: datetime) -> None:
    """Tell `AccountOpened`: a letter says the username, never the password."""
    tell(
        session,
        AccountOpened(
            account_id=one.account_id,
            version=1,
            username=one.username,
            name=one.said["name"],
            email=one.said["email"],
            language="zh",
            mail_mode="each",
            roles=("applicant",),
            organization_id=None,
            programmes=(listed.programme,),
            id_index=one.index,
            opened_by="import",
            programme=listed.programme,
            opened_at=now,
        ),
    )


async def _add(
    session: Session, listed: PeopleImport, row: ImportRow, said: Mapping[str, str], person: Known
) -> dict[str, Any]:
    """Add the programme to the account that somebody has; tells `AccountChanged`."""
    account = await accounts.held(session, person.account_id)
    await add_programme(session, account.id, listed.programme, imported(said, row))
    await telling.changed(session, account)
    return _end(row, "added", account_id=account.id, username=account.username)


async def _said(
    session: Session, listed: PeopleImport, rows: Sequence[ImportRow]
) -> list[tuple[ImportRow, Mapping[str, str]]]:
    """What each row says."""
    places = [(row.said or b"", "import_row", "said", row.id) for row in rows]
    opened = await vault().open_many(session, listed.id, places)
    return [(row, cast("dict[str, str]", said)) for row, said in zip(rows, opened, strict=True)]


async def _employers(session: Session, wanted: set[UUID]) -> dict[UUID, Employer]:
    """The organizations as they are now."""
    found = await session.execute(select(Organization).where(col(Organization.id).in_(wanted)))
    return {
        row.id: Employer(row.id, row.employs, row.disabled_at is not None, frozenset(row.programmes))
        for row in found.scalars()
    }


def _end(row: ImportRow, outcome: str, **columns: object) -> dict[str, Any]:
    """The end of a row, all columns named, so that many are written with one statement."""
    blank: dict[str, Any] = {"account_id": None, "username": None, "secret": None, "troubles": []}
    return {"id": row.id, "outcome": outcome, **blank, **columns}


def _failed(row: ImportRow, troubles: Sequence[Trouble]) -> dict[str, Any]:
    """The end of a row that is not good any more."""
    return _end(row, "failed", troubles=[[one.code, one.field, dict(one.values)] for one in troubles])
