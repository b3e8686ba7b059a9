"""Applicants at their pages: logged in by a cookie, watched for requests to outside, with pictures of what they saw."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.journeys.people import Someone
from tests.journeys.platform import ROOT

POOL, TITLES = "/profiles/dezhou-talent-pool", "/profiles/hebei-professional-title"
OWN = "Luhe-Qingtian-77"
PICTURES = ROOT / ".screenshots" / "applicant"
"""What people saw, kept as a product of the build."""


@contextmanager
def at_home(
    browser: Browser, someone: Someone, *, scripts: bool = True, width: int = 1360, language: str = "zh"
) -> Iterator[Page]:
    """A browser's page in which somebody is logged in; it may ask nobody outside."""
    url = str(someone.http.base_url).rstrip("/")
    token = someone.http.headers["Authorization"].removeprefix("Bearer ")
    outside: list[str] = []
    context = browser.new_context(
        base_url=url, locale="zh-CN", viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    context.set_default_timeout(30_000)
    context.add_cookies(
        [{"name": "juxian", "value": token, "url": url}, {"name": "juxian-language", "value": language, "url": url}]
    )
    page = context.new_page()
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(url) else None)
    try:
        yield page
        assert outside == []
    finally:
        context.close()


def keep(page: Page, name: str) -> None:
    """Keep a picture of the whole page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def is_too_wide(page: Page) -> bool:
    """Whether a page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def sections(someone: Someone, path: str = POOL) -> dict[str, Any]:
    """The sections of one's profile, by name."""
    return {one["section"]: one for one in someone.get(path)["sections"]}


def picture(seed: int = 60) -> bytes:
    """A small scan."""
    held = BytesIO()
    Image.effect_noise((600, 400), seed).save(held, "PNG")
    return held.getvalue()


def scan_file(name: str = "证书.png") -> Any:  # noqa: ANN401 - what Playwright takes for a file
    """A scan as somebody chooses it."""
    return {"name": name, "mimeType": "image/png", "buffer": picture()}
