"""An installation of its own for each test, with a supervisor that is closed afterwards."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cli.local import alone
from cli.local.environment import Installation
from cli.local.supervisor import Supervisor


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An installation whose operator has said nothing but where the data go."""
    # As root PostgreSQL runs as another user, who must be able to enter.
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    return Installation.here({"PATH": "/usr/bin:/bin", "JUXIAN_DATA_DIR": str(tmp_path / "data")})


@pytest.fixture
async def supervisor(installation: Installation) -> AsyncIterator[Supervisor]:
    """A supervisor that looks after nothing yet."""
    with alone.held(installation.places.run):
        supervisor = Supervisor(installation.places.door, installation.places.logs / "supervisor.log")
        await supervisor.open()
        yield supervisor
        supervisor.hurry()
        await supervisor.close()
