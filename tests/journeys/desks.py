"""A reviewer's desk in a browser: coming in, reading what stands there, and time that need not be waited for."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.people import PASSWORD

SHOTS = Path(__file__).parents[2] / ".screenshots"
UNDO_SPAN = 5200
"""Milliseconds after which a decision has left the desk."""


def come_in(page: Page, username: str, path: str, password: str = PASSWORD) -> None:
    """Log in as nobody else, and go on to a page."""
    page.context.clear_cookies()
    page.goto(f"/login?next={path}")
    page.fill('[name="username"]', username)
    page.fill('[name="password"]', password)
    page.press('[name="password"]', "Enter")
    page.wait_for_url(f"**{path}")


def shown(page: Page) -> str:
    """Whose case lies on the desk."""
    return page.locator("#pane-doc h1").inner_text()


def approve(page: Page, name: str) -> None:
    """One stroke for a clear case, or the end of a return; waits until the next one lies there."""
    page.keyboard.press("Control+Enter")
    expect(page.locator("#pane-doc h1")).not_to_have_text(name)


def let_time_pass(page: Page) -> None:
    """Let the five seconds of taking back go by. The page's clock must have been installed before."""
    page.clock.fast_forward(UNDO_SPAN)


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page as a product of the build."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"reviewer-{name}.png")
