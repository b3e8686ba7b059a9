"""Files behind one interface: a local folder or an S3-compatible store, every byte sealed under its person's key.

A kept file is a header and chunks of one mebibyte, each sealed by itself with its number and whether it is the last:
it can be read as a stream, and neither shortened nor reordered.
"""

import asyncio
import errno
import hashlib
import secrets
import struct
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import obstore
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from obstore.store import LocalStore, ObjectStore, from_url

from shared.contracts.refusals import Missing, OutOfSpace, Unavailable
from shared.kit.database import Session
from shared.kit.settings import common
from shared.kit.vault import vault

CHUNK = 1 << 20
MAGIC = b"JX1\0"
SALT = 8
SEALED_CHUNK = CHUNK + 16
FULL = (errno.ENOSPC, errno.EDQUOT)


class Files:
    """A store of sealed files; keys are paths of our own making, never a name that came from outside."""

    def __init__(self, url: str) -> None:
        """Open the store; a local folder is made where it is missing."""
        if url.startswith("file://"):
            folder = Path(url.removeprefix("file://"))
            folder.mkdir(parents=True, exist_ok=True)
            self.store: ObjectStore = LocalStore(prefix=folder, mkdir=True)
        else:
            self.store = from_url(url, retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=10)})

    async def keep(self, session: Session, person_id: UUID, key: str, source: Path | bytes) -> str:
        """Seal a file and keep it under `key`; gives the SHA-256 (hex) of its bytes.

        No room left is refused as OutOfSpace, a store that is away as Unavailable.
        """
        cipher_key = await vault().file_key(session, person_id)
        digest = hashlib.sha256()
        try:
            await asyncio.to_thread(self._put, key, _seal(cipher_key, key, source, digest))
        except OSError as error:
            if error.errno in FULL:
                raise OutOfSpace from error
            raise
        except obstore.exceptions.BaseError as error:
            if "space" in str(error).lower():
                raise OutOfSpace from error
            raise Unavailable(retry_after=5) from error
        return digest.hexdigest()

    def _put(self, key: str, chunks: Iterator[bytes]) -> None:
        """Write the sealed chunks as one object."""
        obstore.put(self.store, key, chunks)

    async def stream(self, session: Session, person_id: UUID, key: str) -> AsyncIterator[bytes]:
        """Give a file's bytes chunk by chunk; the first is awaited here, so that what is missing is refused at once."""
        cipher_key = await vault().file_key(session, person_id)
        return _open(cipher_key, key, await self._fetch(key))

    async def read(self, session: Session, person_id: UUID, key: str) -> bytes:
        """A whole file, for small ones."""
        return b"".join([part async for part in await self.stream(session, person_id, key)])

    async def copy_to(self, session: Session, person_id: UUID, key: str, target: Path) -> None:
        """Write a file's bytes to a path."""
        chunks = await self.stream(session, person_id, key)
        with target.open("wb") as file:
            async for part in chunks:
                file.write(part)

    async def drop(self, key: str) -> None:
        """Delete a file; one that is gone already is fine."""
        try:
            await obstore.delete_async(self.store, key)
        except (FileNotFoundError, obstore.exceptions.NotFoundError):
            return

    async def listed(self, prefix: str, before: datetime) -> AsyncIterator[list[str]]:
        """The keys beneath a prefix of files that were written before that moment, some hundred at a time."""
        async for chunk in obstore.list(self.store, prefix, chunk_size=500):
            yield [found["path"] for found in chunk if found["last_modified"] < before]

    async def _fetch(self, key: str) -> AsyncIterator[bytes]:
        """The sealed bytes of an object."""
        try:
            found = await obstore.get_async(self.store, key)
        except (FileNotFoundError, obstore.exceptions.NotFoundError) as error:
            raise Missing from error
        except obstore.exceptions.BaseError as error:
            raise Unavailable(retry_after=5) from error
        return _sealed_chunks(found)


async def _sealed_chunks(found: "obstore.GetResult") -> AsyncIterator[bytes]:
    """Cut what the store streams into header and sealed chunks."""
    buffer, wanted = b"", len(MAGIC) + SALT
    async for part in found.stream(min_chunk_size=CHUNK):
        buffer += bytes(part)
        while len(buffer) >= wanted:
            yield buffer[:wanted]
            buffer, wanted = buffer[wanted:], SEALED_CHUNK
    if buffer:
        yield buffer


def _seal(key: bytes, name: str, source: Path | bytes, digest: "hashlib._Hash") -> Iterator[bytes]:
    """Header and sealed chunks of a file."""
    cipher, salt = AESGCM(key), secrets.token_bytes(SALT)
    yield MAGIC + salt
    parts = _parts(source)
    part = next(parts, b"")
    for number in range(1 << 32):
        following = next(parts, None)
        digest.update(part)
        nonce = salt + struct.pack(">I", number)
        yield cipher.encrypt(nonce, part, _bound(name, is_last=following is None))
        if following is None:
            return
        part = following


async def _open(key: bytes, name: str, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The bytes of a sealed file; InvalidTag where anything was changed, cut or swapped."""
    cipher = AESGCM(key)
    header, part = await anext(chunks, b""), await anext(chunks, b"")
    salt, number = header[len(MAGIC) :], 0
    if not header.startswith(MAGIC) or not part:
        raise InvalidTag
    while True:
        following = await anext(chunks, None)
        yield cipher.decrypt(salt + struct.pack(">I", number), part, _bound(name, is_last=following is None))
        if following is None:
            return
        part, number = following, number + 1


def _parts(source: Path | bytes) -> Iterator[bytes]:
    """A file's bytes in chunks."""
    if isinstance(source, bytes):
        yield from (source[at : at + CHUNK] for at in range(0, len(source), CHUNK))
        return
    with source.open("rb") as file:
        yield from _read_parts(file)


def _read_parts(file: BinaryIO) -> Iterator[bytes]:
    """An open file's bytes in chunks."""
    while part := file.read(CHUNK):
        yield part


def _bound(name: str, *, is_last: bool) -> bytes:
    """What a chunk is bound to: its file, and whether the file ends with it."""
    return f"file.{name}.{'last' if is_last else 'more'}".encode()


@cache
def files() -> Files:
    """The process's store."""
    return Files(common().files_url)
