"""A real headless Chromium, where there is one; pages are watched for requests to outside and for axe's findings."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@contextmanager
def running() -> Iterator[Browser]:
    """A browser for several stories, each with pages of its own."""
    binary = os.environ.get("JUXIAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if binary is None:
        pytest.skip("NO CHROMIUM FOUND: the pages were not looked at (install it, or name one in JUXIAN_CHROMIUM)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=["--no-sandbox", "--disable-quic"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(url: str, *, width: int = 1280, scripts: bool = True) -> Iterator[tuple[Page, list[str]]]:
    """A page in Chinese, and the addresses outside the platform that it asked for."""
    outside: list[str] = []
    with running() as browser:
        context = browser.new_context(
            base_url=url, locale="zh-CN", viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
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
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found.response["violations"]]
