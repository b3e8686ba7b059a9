"""One platform for all journeys of a session, and the people in its demo world."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import SHARED
from tests.journeys.people import Mailbox, Someone, everybody_leaves
from tests.journeys.platform import Platform, running_at, start

SETTINGS = {
    "JUXIAN_DEMO": "on",
    "JUXIAN_CLOCK": "adjustable",
    "JUXIAN_LIMITS": "off",
    "JUXIAN_PROGRAMMES_PATH": str(Path(__file__).parent / "programmes"),
}


@pytest.fixture(scope="session")
def platform() -> Iterator[Platform]:
    """The platform, with the demo world and a clock that can be moved; one that runs already, where it is named.

    Its folder is none of pytest's: another run would close those to the user whom PostgreSQL runs as.
    """
    given = os.environ.get("JUXIAN_TEST_PLATFORM")
    if given:
        yield running_at(given)
        return
    with tempfile.TemporaryDirectory(prefix="juxian-journeys-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        running = start(Path(folder) / "data", **SETTINGS)
        yield running
        code = running.stop()
        assert code == 0, "the platform did not stop cleanly"


@pytest.fixture(autouse=True)
def _nobody_stays() -> Iterator[None]:
    """Close every client at the end of its story."""
    yield
    everybody_leaves()


@pytest.fixture(scope="package", autouse=True)
def _browser_leaves() -> Iterator[None]:
    """End the browser after the last story."""
    yield
    SHARED.leave()


@pytest.fixture(scope="module", autouse=True)
def _pages_close() -> Iterator[None]:
    """Leave no page open that a module's stories opened."""
    yield
    SHARED.tidy()


@pytest.fixture
def browser() -> Browser:
    """The one browser of all stories."""
    return SHARED.get()


@pytest.fixture
def mailbox(platform: Platform) -> Mailbox:
    """The built-in mailbox."""
    return Mailbox(platform.url)


@pytest.fixture
def as_demo(platform: Platform) -> Callable[[str], Someone]:
    """Log in as somebody of the demo world."""

    def log_in(username: str) -> Someone:
        """A client that is logged in."""
        someone = Someone(platform.url)
        someone.log_in(username)
        return someone

    return log_in


@pytest.fixture
def visitor(platform: Platform) -> Someone:
    """A client that is not logged in."""
    return Someone(platform.url)
