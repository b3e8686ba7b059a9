"""The portal's libraries: fetched by a lock without hosts, whole, and never committed."""

import json
import re

from services.gateway.portal.files import FOLDER
from tests.house.sources import ROOT

PORTAL = ROOT / "ops" / "portal"
NAMED = re.compile(r"""(?:asset\(['"]|from ["']/static/|import ["']/static/)vendor/([\w.-]+)""")
SMALLEST = {
    "echarts.min.js": 400_000, "filepond.js": 80_000, "filepond.min.css": 10_000, "filepond.size.js": 1_000,
    "filepond.type.js": 1_000, "filepond.zh.js": 1_000, "htmx.min.js": 30_000, "icons.svg": 20_000,
    "licences.txt": 10_000, "tabler.min.css": 500_000, "tinykeys.js": 1_000, "tom-select.min.css": 10_000,
    "tom-select.min.js": 40_000, "viewer.min.css": 10_000, "viewer.min.js": 40_000,
}  # fmt: skip
"""Bytes that each file has at least."""


def test_every_library_is_there_and_whole() -> None:
    sizes = {path.name: path.stat().st_size for path in (FOLDER / "vendor").iterdir()}
    packed = {name.removesuffix(".br"): size for name, size in sizes.items() if name.endswith(".br")}

    assert set(sizes) - {f"{name}.br" for name in packed} == set(SMALLEST)
    assert set(packed) == set(SMALLEST) - {"licences.txt"}
    assert {name for name, size in packed.items() if size * 3 > sizes[name] * 2} == set()
    assert {name: sizes[name] for name, least in SMALLEST.items() if sizes[name] < least} == {}


def test_no_page_asks_for_a_library_that_is_not_fetched() -> None:
    pages = [*FOLDER.parent.joinpath("templates").rglob("*.html"), *FOLDER.joinpath("js").rglob("*.js")]
    named = {name for page in pages for name in NAMED.findall(page.read_text(encoding="utf-8"))}

    assert {"tabler.min.css", "htmx.min.js"} <= named
    assert named - set(SMALLEST) == set()


def test_every_icon_that_a_page_shows_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (FOLDER / "vendor" / "icons.svg").read_text(encoding="utf-8")))
    templates = FOLDER.parent.joinpath("templates").rglob("*.html")
    shown = {name for page in templates for name in re.findall(r"""\bicon\(["']([\w-]+)["']""", page.read_text())}

    assert "menu-2" in shown
    assert shown - sprite == set()
    assert sprite == set((PORTAL / "icons.txt").read_text().split())


def test_the_lock_pins_what_is_asked_for_and_names_no_registry() -> None:
    asked = json.loads((PORTAL / "package.json").read_text())["dependencies"]
    packages = json.loads((PORTAL / "package-lock.json").read_text())["packages"]

    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked
    assert [name for name, pinned in packages.items() if name and not pinned.get("integrity")] == []
    assert [name for name, pinned in packages.items() if "resolved" in pinned] == []


def test_nothing_of_theirs_is_committed() -> None:
    assert "/services/gateway/static/vendor/" in (ROOT / ".gitignore").read_text().splitlines()


def test_no_library_speaks_to_anybody_outside() -> None:
    for path in (FOLDER / "vendor").glob("*.css"):
        outside = re.findall(r"url\(\s*[\"']?(?!data:|#)([^)\"']+)", path.read_text(encoding="utf-8"))
        assert outside == [], path.name
