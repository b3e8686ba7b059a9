"""A real headless Chromium, where there is one; pages are watched for requests to outside and for axe's findings."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Shared:
    """One browser for all stories, each with pages of its own: starting one takes longer than most of their pages."""

    def __init__(self) -> None:
        """Nothing is started before the first story asks."""
        self._started = ExitStack()
        self._browser: Browser | None = None

    def get(self) -> Browser:
        """The browser; another, where it has died."""
        if self._browser is None or not self._browser.is_connected():
            self.leave()
            playwright = self._started.enter_context(sync_playwright())
            self._browser = playwright.chromium.launch(
                executable_path=_binary(), args=["--no-sandbox", "--disable-quic"]
            )
        return self._browser

    def tidy(self) -> None:
        """Close what a story left open: it would go on asking the platform."""
        for context in self._browser.contexts if self._browser is not None else ():
            context.close()

    def leave(self) -> None:
        """End it: while it is there, no event loop can run in this thread."""
        if self._browser is not None:
            self._browser.close()
        self._browser = None
        self._started.close()


SHARED = Shared()


def _binary() -> str:
    """Where Chromium is; without it the story is skipped."""
    found = os.environ.get("JUXIAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("NO CHROMIUM FOUND: the pages were not looked at (install it, or name one in JUXIAN_CHROMIUM)")
    return found


@contextmanager
def opened(url: str, *, width: int = 1280, scripts: bool = True) -> Iterator[tuple[Page, list[str]]]:
    """A page in Chinese, and the addresses outside the platform that it asked for."""
    outside: list[str] = []
    with SHARED.get().new_context(
        base_url=url, locale="zh-CN", viewport={"width": width, "height": 900}, java_script_enabled=scripts
    ) as context:
        page = context.new_page()
        page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(url) else None)
        yield page, outside


SETTLED = """() => [...document.querySelectorAll('.filepond--drop-label')]
  .every((label) => getComputedStyle(label).opacity === '1')"""


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, once nothing fades in any more."""
    if page.locator("[data-upload], .filepond--root").count():
        page.wait_for_load_state("networkidle")
        page.wait_for_function(SETTLED)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found.response["violations"]]
