"""The vault: personal data sealed by AES-256-GCM under a key per person, each wrapped by a master key (law 12).

A sealed value is bound to its table, column and row, so that it cannot be moved elsewhere. To erase a person is to
drop the person's key: hashes taken over ciphertext stay valid.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col

from shared.kit import clock
from shared.kit.columns import instant, sealed
from shared.kit.database import Session
from shared.kit.settings import Settings, common

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Place = tuple[bytes, str, str, UUID]
"""Sealed bytes, and the table, column and row that they stand in."""

NONCE = 12
REMEMBERED = 2000
REMEMBERED_SECONDS = 30.0
_MADE_HERE = "juxian.keys"


class Erased(Exception):  # noqa: N818 - what became of the person's data
    """The person's key is gone: what it sealed can never be read again."""


class MasterKeyAwayError(Exception):
    """Persons' keys are wrapped by a master key that this installation was not given: nothing is lost yet."""


class PersonKey(SQLModel, table=True):
    """One person's key in one service's database, wrapped."""

    __tablename__ = "person_key"

    person_id: UUID = Field(primary_key=True)
    master_id: str
    wrapped: bytes | None = sealed(nullable=True)
    made_at: datetime = instant(default=True)
    erased_at: datetime | None = instant(nullable=True)


class Vault:
    """Seals and opens; holds the master keys in memory, and persons' keys for half a minute."""

    def __init__(self, master_keys: str, index_key: str) -> None:
        """Read the master keys: `id:base64` separated by commas, the newest first."""
        pairs = [entry.strip().partition(":") for entry in master_keys.split(",") if entry.strip()]
        self._masters = {name: AESGCM(base64.b64decode(raw)) for name, _, raw in pairs}
        self._current = pairs[0][0]
        self._index_key = base64.b64decode(index_key)
        self._known: OrderedDict[tuple[str, UUID], tuple[float, bytes]] = OrderedDict()

    async def seal(
        self, session: Session, person_id: UUID, value: Json, *, table: str, column: str, row_id: UUID
    ) -> bytes:
        """Seal a JSON value for the place where it will stand; the person's key is made at first use."""
        key = await self.file_key(session, person_id)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return _encrypt(key, plain, _place(table, column, row_id))

    async def introduce(self, session: Session, person_ids: Iterable[UUID]) -> None:
        """Make the keys of many new persons with one statement; this session seals with them from now on."""
        made = {person_id: secrets.token_bytes(32) for person_id in person_ids}
        if made:
            await session.execute(insert(PersonKey), [self._new_row(person_id, key) for person_id, key in made.items()])
            session.info.setdefault(_MADE_HERE, {}).update(made)

    async def open(
        self, session: Session, person_id: UUID, sealed_value: bytes, *, table: str, column: str, row_id: UUID
    ) -> Json:
        """Open a sealed value; raises Erased when the person's key is gone, InvalidTag when it was moved or bent."""
        return (await self.open_many(session, person_id, [(sealed_value, table, column, row_id)]))[0]

    async def open_many(self, session: Session, person_id: UUID, places: Iterable[Place]) -> list[Json]:
        """Open many values of one person with one look-up of the key."""
        wanted = list(places)
        if not wanted:
            return []
        cipher = AESGCM(await self._existing_key(session, person_id))
        opened: list[Json] = [
            json.loads(cipher.decrypt(value[:NONCE], value[NONCE:], _place(table, column, row_id)))
            for value, table, column, row_id in wanted
        ]
        return opened

    async def file_key(self, session: Session, person_id: UUID) -> bytes:
        """The person's key, made where there is none; raises Erased for a person who was erased."""
        known = self._remembered(session, person_id)
        if known is not None:
            return known
        row = await _find(session, person_id)
        if row is not None:
            return self._unwrapped(session, row)
        key = secrets.token_bytes(32)
        new = insert(PersonKey).values(self._new_row(person_id, key)).on_conflict_do_nothing()
        if (await session.execute(new.returning(col(PersonKey.person_id)))).first() is None:
            return self._unwrapped(session, await _find(session, person_id))
        session.info.setdefault(_MADE_HERE, {})[person_id] = key
        return key

    async def warm(self, session: Session, person_ids: Sequence[UUID]) -> None:
        """Look many persons' keys up at once, for a batch that is about to open or seal something of each."""
        wanted = [person_id for person_id in person_ids if self._remembered(session, person_id) is None]
        asked = select(PersonKey).where(col(PersonKey.person_id).in_(wanted), col(PersonKey.wrapped).is_not(None))
        for row in (await session.execute(asked)).scalars() if wanted else ():
            self._unwrapped(session, row)

    async def _existing_key(self, session: Session, person_id: UUID) -> bytes:
        """The person's key, to open something with."""
        known = self._remembered(session, person_id)
        return known if known is not None else self._unwrapped(session, await _find(session, person_id))

    async def erase(self, session: Session, *person_ids: UUID) -> None:
        """Drop these persons' keys for good; other processes forget them within half a minute."""
        for person_id in person_ids:
            self._known.pop((_database(session), person_id), None)
            session.info.get(_MADE_HERE, {}).pop(person_id, None)
        await session.execute(
            update(PersonKey)
            .where(col(PersonKey.person_id).in_(person_ids))
            .values(wrapped=None, erased_at=clock.now_sql())
        )

    async def renew(self, session: Session, at_once: int = 500) -> int:
        """Wrap keys of persons, so many at most, by the newest master key in place of an older one; gives how many.

        Raises MasterKeyAwayError where the older one is not among the master keys.
        """
        older = col(PersonKey.master_id) != self._current
        wanted = select(PersonKey).where(older, col(PersonKey.wrapped).is_not(None)).limit(at_once).with_for_update()
        rows = (await session.execute(wanted)).scalars().all()
        for row in rows:
            new = self._new_row(row.person_id, self._unwrapped(session, row))
            row.master_id, row.wrapped = self._current, cast("bytes", new["wrapped"])
        return len(rows)

    def index(self, text: str, purpose: str) -> str:
        """A keyed index (HMAC-SHA-256, hex) by which equal texts are found without being readable."""
        return hmac.new(self._index_key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()

    def wrap(self, text: str, purpose: str) -> str:
        """Encrypt a short text for another service of this platform."""
        nonce = secrets.token_bytes(NONCE)
        sealed_text = nonce + self._masters[self._current].encrypt(nonce, text.encode(), purpose.encode())
        return f"{self._current}:{base64.urlsafe_b64encode(sealed_text).decode()}"

    def unwrap(self, wrapped: str, purpose: str) -> str:
        """Read what `wrap` made for the same purpose; raises Erased for an unknown key, InvalidTag for a bent text."""
        name, _, raw = wrapped.partition(":")
        if name not in self._masters:
            raise Erased(name)
        data = base64.urlsafe_b64decode(raw)
        return self._masters[name].decrypt(data[:NONCE], data[NONCE:], purpose.encode()).decode()

    def _new_row(self, person_id: UUID, key: bytes) -> dict[str, object]:
        """A new key for that person, wrapped by the newest master key."""
        wrapped = _encrypt_with(self._masters[self._current], key, person_id.bytes)
        return {"person_id": person_id, "master_id": self._current, "wrapped": wrapped}

    def _unwrapped(self, session: Session, row: PersonKey | None) -> bytes:
        """The key of a row, remembered for a little while."""
        if row is None or row.wrapped is None:
            raise Erased
        if row.master_id not in self._masters:
            raise MasterKeyAwayError(row.master_id)
        master = self._masters[row.master_id]
        key = master.decrypt(row.wrapped[:NONCE], row.wrapped[NONCE:], row.person_id.bytes)
        self._known[_database(session), row.person_id] = (time.monotonic() + REMEMBERED_SECONDS, key)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return key

    def _remembered(self, session: Session, person_id: UUID) -> bytes | None:
        """The key, where it was made by this session, or read less than half a minute ago from this very database."""
        if (made := session.info.get(_MADE_HERE, {}).get(person_id)) is not None:
            return bytes(made)
        until, key = self._known.get((_database(session), person_id), (0.0, b""))
        return key if until > time.monotonic() else None


def _encrypt(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Encrypt under a raw key."""
    return _encrypt_with(AESGCM(key), plain, bound_to)


def _encrypt_with(cipher: AESGCM, plain: bytes, bound_to: bytes) -> bytes:
    """Nonce, then ciphertext with its tag."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + cipher.encrypt(nonce, plain, bound_to)


def _place(table: str, column: str, row_id: UUID) -> bytes:
    """What a sealed value is bound to."""
    return f"{table}.{column}.{row_id}".encode()


def _database(session: Session) -> str:
    """Which database the session works on: one process may serve several."""
    bind = session.bind
    return str(getattr(bind, "url", "")) if bind is not None else ""


async def _find(session: Session, person_id: UUID) -> PersonKey | None:
    """The person's row."""
    found = await session.execute(select(PersonKey).where(col(PersonKey.person_id) == person_id))
    return found.scalar_one_or_none()


def make_vault(settings: Settings) -> Vault:
    """The vault of those settings."""
    return Vault(settings.master_keys, settings.index_key)


@cache
def vault() -> Vault:
    """The process's vault."""
    return make_vault(common())


__all__ = ["Erased", "InvalidTag", "Json", "PersonKey", "Vault", "make_vault", "vault"]
