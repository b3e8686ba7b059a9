"""What the tests of the scanning room share: one zygote for all of them, and a way to hand it bytes."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from services.profile.scanning import Outcome, pipeline
from services.profile.scanning.isolation.caller import Zygote

Scan = Callable[..., Outcome]


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """The process that children are made from."""
    zygote = Zygote()
    yield zygote
    zygote.close()


@pytest.fixture
def scan(zygote: Zygote, tmp_path: Path) -> Scan:
    """Process bytes as a worker does."""
    turns = count()

    def scan(data: bytes, purpose: str = "proof") -> Outcome:
        source, target = _places(tmp_path, next(turns), data)
        return zygote.process(source, target, purpose)

    return scan


@pytest.fixture(scope="session")
def _prepared() -> None:
    """The libraries as a zygote loads them."""
    pipeline.prepare()


@pytest.fixture
def run(_prepared: None, tmp_path: Path) -> Scan:
    """Process bytes in this very process."""
    turns = count()

    def run(data: bytes, purpose: str = "proof") -> Outcome:
        source, target = _places(tmp_path, next(turns), data)
        target.mkdir()
        return pipeline.run(source, target, purpose)

    return run


def _places(tmp_path: Path, turn: int, data: bytes) -> tuple[Path, Path]:
    source = tmp_path / f"upload-{turn}"
    source.write_bytes(data)
    return source, tmp_path / f"target-{turn}"
