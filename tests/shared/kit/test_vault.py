"""The vault seals what is personal, each value for its own place."""

from base64 import b64encode
from typing import TypedDict
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag

from shared.kit.database import Database, Session
from shared.kit.vault import Erased, MasterKeyAwayError, Vault, vault

PERSON, ROW = uuid4(), uuid4()


class Place(TypedDict):
    """Where a sealed value stands."""

    table: str
    column: str
    row_id: UUID


PLACE = Place(table="entry", column="values", row_id=ROW)


async def test_what_was_sealed_opens_again_in_its_place(kit_database: Database) -> None:
    sealed = await kit_database.act(vault().seal, PERSON, {"姓名": "𠮷田"}, **PLACE)

    opened = await kit_database.read(vault().open, PERSON, sealed, **PLACE)

    assert opened == {"姓名": "𠮷田"}
    assert "田".encode() not in sealed


async def test_a_value_moved_to_another_row_is_refused(kit_database: Database) -> None:
    sealed = await kit_database.act(vault().seal, PERSON, "secret", **PLACE)

    with pytest.raises(InvalidTag):
        await kit_database.read(vault().open, PERSON, sealed, **PLACE | {"row_id": uuid4()})


async def test_a_key_whose_making_was_rolled_back_is_not_used_again(kit_database: Database) -> None:
    person = uuid4()

    async def seal_and_fail(session: Session) -> None:
        await vault().seal(session, person, "lost", **PLACE)
        raise LookupError

    with pytest.raises(LookupError):
        await kit_database.act(seal_and_fail)
    sealed = await kit_database.act(vault().seal, person, "kept", **PLACE)
    vault()._known.clear()

    assert await kit_database.read(vault().open, person, sealed, **PLACE) == "kept"


async def test_an_erased_person_can_never_be_read_again(kit_database: Database) -> None:
    person = uuid4()
    sealed = await kit_database.act(vault().seal, person, "gone", **PLACE)

    await kit_database.act(vault().erase, person)

    with pytest.raises(Erased):
        await kit_database.read(vault().open, person, sealed, **PLACE)


async def test_many_new_persons_get_their_keys_at_once(kit_database: Database) -> None:
    people = [uuid4(), uuid4()]

    async def introduce_and_seal(session: Session) -> list[bytes]:
        await vault().introduce(session, people)
        return [await vault().seal(session, person, str(person), **PLACE) for person in people]

    sealed = await kit_database.act(introduce_and_seal)

    opened = [await kit_database.read(vault().open, *each, **PLACE) for each in zip(people, sealed, strict=True)]
    assert opened == [str(person) for person in people]


async def test_a_person_introduced_and_erased_in_one_transaction_is_gone(kit_database: Database) -> None:
    person = uuid4()

    async def introduce_and_erase(session: Session) -> None:
        await vault().introduce(session, [person])
        await vault().erase(session, person)
        await vault().seal(session, person, "gone", **PLACE)

    with pytest.raises(Erased):
        await kit_database.act(introduce_and_erase)


OLD, NEW = (f"{name}:{b64encode(name.encode() * 16).decode()}" for name in ("k1", "k2"))
INDEX = b64encode(b"ix" * 16).decode()


@pytest.fixture
async def person_of_old(kit_database: Database) -> tuple[UUID, bytes]:
    """Somebody whose key is wrapped by an older master key, with something sealed."""
    person = uuid4()
    return person, await kit_database.act(Vault(OLD, INDEX).seal, person, "kept", **PLACE)


async def test_what_an_older_master_key_wraps_is_read_and_renewed(
    kit_database: Database, person_of_old: tuple[UUID, bytes]
) -> None:
    both, new = Vault(f"{NEW},{OLD}", INDEX), Vault(NEW, INDEX)
    assert await kit_database.read(both.open, *person_of_old, **PLACE) == "kept"

    assert [await kit_database.act(both.renew), await kit_database.act(both.renew)] == [1, 0]

    assert await kit_database.read(new.open, *person_of_old, **PLACE) == "kept"


async def test_without_its_master_key_nothing_is_read_and_nothing_renewed(
    kit_database: Database, person_of_old: tuple[UUID, bytes]
) -> None:
    new = Vault(NEW, INDEX)

    with pytest.raises(MasterKeyAwayError):
        await kit_database.read(new.open, *person_of_old, **PLACE)
    with pytest.raises(MasterKeyAwayError):
        await kit_database.act(new.renew)
