"""An installation of its own for each test, with a supervisor that is closed afterwards."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from cli.local import alone
from cli.local.environment import Installation
from cli.local.supervisor import Supervisor


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can enter: as root, PostgreSQL runs as another one, and pytest's folders are shut."""
    with tempfile.TemporaryDirectory(prefix="juxian-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture
def installation(open_folder: Path) -> Installation:
    """An installation whose operator has said nothing but where the data go."""
    return Installation.here({"PATH": "/usr/bin:/bin", "JUXIAN_DATA_DIR": str(open_folder / "data")})


@pytest.fixture
async def supervisor(installation: Installation) -> AsyncIterator[Supervisor]:
    """A supervisor that looks after nothing yet."""
    with alone.held(installation.places.run):
        supervisor = Supervisor(installation.places.door, installation.places.logs / "supervisor.log")
        await supervisor.open()
        yield supervisor
        supervisor.hurry()
        await supervisor.close()
