"""Files: sealed under their person's key, whole or refused, in a folder as in an S3 store."""

import asyncio
import errno
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import obstore
import pytest
from cryptography.exceptions import InvalidTag
from moto.server import ThreadedMotoServer

from shared.contracts.refusals import Missing, OutOfSpace, Unavailable
from shared.kit.database import Database
from shared.kit.files import CHUNK, MAGIC, SALT, SEALED_CHUNK, Files
from shared.kit.vault import Erased, vault
from tests import servers

HEADER = len(MAGIC) + SALT
KEY = "scans/1/original"
LONG = secrets.token_bytes(2 * CHUNK + 17)
SIZES = {"empty": b"", "short": b"scan", "one chunk": LONG[:CHUNK], "one more byte": LONG[: CHUNK + 1], "long": LONG}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where files are kept."""
    return tmp_path / "files"


@pytest.fixture
def files(folder: Path) -> Files:
    """A store in a folder."""
    return Files(f"file://{folder}")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 store with one bucket; gives the URL of a folder in it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    with pytest.MonkeyPatch.context() as patch:
        _point_to(patch, address)
        httpx.put(f"{address}/scans").raise_for_status()
        yield "s3://scans/sealed"
    server.stop()


def _point_to(patch: pytest.MonkeyPatch, address: str) -> None:
    """Let stores of that kind be found at an address."""
    told = {"ENDPOINT_URL": address, "ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "y", "REGION": "us-east-1"}
    for name, value in (told | {"ALLOW_HTTP": "true"}).items():
        patch.setenv(f"AWS_{name}", value)


@pytest.mark.parametrize("content", SIZES.values(), ids=SIZES)
async def test_a_file_is_read_as_it_was_kept_and_lies_there_sealed(
    kit_database: Database, files: Files, folder: Path, tmp_path: Path, content: bytes
) -> None:
    person, source, target = uuid4(), tmp_path / "source", tmp_path / "target"
    source.write_bytes(content)
    async with kit_database.transaction() as session:
        digests = [
            await files.keep(session, person, f"{KEY}0", source),
            await files.keep(session, person, f"{KEY}1", content),
        ]
        await files.copy_to(session, person, f"{KEY}0", target)
        read = await files.read(session, person, f"{KEY}1")
        parts = [part async for part in await files.stream(session, person, f"{KEY}0")]

    assert digests[0] == digests[1]
    assert read == target.read_bytes() == b"".join(parts) == content
    assert max(len(part) for part in parts) <= CHUNK
    assert len((folder / f"{KEY}0").read_bytes()) == HEADER + len(content) + 16 * len(parts)
    assert not content or content[:64] not in (folder / f"{KEY}0").read_bytes()


async def test_another_person_cannot_read_it(kit_database: Database, files: Files) -> None:
    async with kit_database.transaction() as session:
        await files.keep(session, uuid4(), KEY, b"scan")
        with pytest.raises(InvalidTag):
            await files.read(session, uuid4(), KEY)


async def test_an_erased_persons_file_can_never_be_read_again(kit_database: Database, files: Files) -> None:
    person = uuid4()
    async with kit_database.transaction() as session:
        await files.keep(session, person, KEY, b"scan")
    await kit_database.act(vault().erase, person)

    async with kit_database.transaction() as session:
        with pytest.raises(Erased):
            await files.read(session, person, KEY)


BENT: dict[str, Callable[[bytes], bytes]] = {
    "cut inside a chunk": lambda whole: whole[:-1],
    "cut between chunks": lambda whole: whole[: HEADER + 2 * SEALED_CHUNK],
    "cut after its header": lambda whole: whole[:HEADER],
    "cut inside its header": lambda whole: whole[: HEADER - 3],
    "empty": lambda _whole: b"",
    "reordered": lambda whole: (
        whole[:HEADER]
        + whole[HEADER + SEALED_CHUNK : HEADER + 2 * SEALED_CHUNK]
        + whole[HEADER : HEADER + SEALED_CHUNK]
        + whole[HEADER + 2 * SEALED_CHUNK :]
    ),
    "one chunk left out": lambda whole: whole[:HEADER] + whole[HEADER + SEALED_CHUNK :],
    "something added": lambda whole: whole + b"x",
    "one bit turned": lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
    "another salt": lambda whole: whole[: HEADER - 1] + bytes([whole[HEADER - 1] ^ 1]) + whole[HEADER:],
    "another kind of file": lambda whole: b"JX2\0" + whole[len(MAGIC) :],
}


@pytest.mark.parametrize("how", BENT)
async def test_a_file_that_was_touched_is_refused(kit_database: Database, files: Files, folder: Path, how: str) -> None:
    person = uuid4()
    async with kit_database.transaction() as session:
        await files.keep(session, person, KEY, LONG)
        kept = folder / KEY
        kept.write_bytes(BENT[how](kept.read_bytes()))
        with pytest.raises(InvalidTag):
            await files.read(session, person, KEY)


async def test_a_file_under_another_name_is_refused(kit_database: Database, files: Files, folder: Path) -> None:
    person = uuid4()
    async with kit_database.transaction() as session:
        await files.keep(session, person, KEY, b"scan")
        (folder / KEY).rename(folder / "scans/1/thumbnail")
        with pytest.raises(InvalidTag):
            await files.read(session, person, "scans/1/thumbnail")


async def test_a_file_that_is_not_there_is_missing_at_once(kit_database: Database, files: Files) -> None:
    async with kit_database.transaction() as session:
        with pytest.raises(Missing):
            await files.stream(session, uuid4(), KEY)


async def test_a_file_is_dropped_once_and_again(kit_database: Database, files: Files) -> None:
    person = uuid4()
    async with kit_database.transaction() as session:
        await files.keep(session, person, KEY, b"scan")
        await files.drop(KEY)
        await files.drop(KEY)
        with pytest.raises(Missing):
            await files.read(session, person, KEY)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "full"),
        OSError(errno.EDQUOT, "yours is full"),
        obstore.exceptions.GenericError("Generic LocalFileSystem error: No space left on device (os error 28)"),
    ],
)
async def test_a_full_disk_is_refused(
    kit_database: Database, files: Files, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def run_full(_key: str, chunks: Iterator[bytes]) -> None:
        next(chunks)
        raise error

    monkeypatch.setattr(files, "_put", run_full)
    async with kit_database.transaction() as session:
        with pytest.raises(OutOfSpace):
            await files.keep(session, uuid4(), KEY, b"scan")


async def test_a_source_that_is_gone_is_no_full_disk(kit_database: Database, files: Files, tmp_path: Path) -> None:
    async with kit_database.transaction() as session:
        with pytest.raises(FileNotFoundError):
            await files.keep(session, uuid4(), KEY, tmp_path / "nowhere")


async def test_an_s3_store_keeps_streams_and_drops_as_a_folder_does(kit_database: Database, s3: str) -> None:
    files, person = Files(s3), uuid4()
    async with kit_database.transaction() as session:
        await files.keep(session, person, KEY, LONG)
        assert await files.read(session, person, KEY) == LONG
        await files.drop(KEY)
        await files.drop(KEY)
        with pytest.raises(Missing):
            await files.stream(session, person, KEY)


async def test_twenty_files_at_once_do_not_mix(kit_database: Database, files: Files) -> None:
    person, names = uuid4(), [f"scans/{number}" for number in range(20)]
    async with kit_database.transaction() as session:
        await vault().file_key(session, person)
        await asyncio.gather(*(files.keep(session, person, name, name.encode()) for name in names))
        read = await asyncio.gather(*(files.read(session, person, name) for name in names))

    assert read == [name.encode() for name in names]


async def test_an_s3_store_that_is_away_is_refused(kit_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    _point_to(monkeypatch, f"http://127.0.0.1:{servers.free_port()}")
    files = Files("s3://scans/sealed")

    async with kit_database.transaction() as session:
        with pytest.raises(Unavailable):
            await files.stream(session, uuid4(), KEY)
        with pytest.raises(Unavailable):
            await files.keep(session, uuid4(), KEY, b"scan")
