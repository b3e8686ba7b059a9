"""The catalogue: every programme, found by walking the folders that hold one each."""

import importlib
import importlib.util
import os
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType

from shared.programmes.shape import Programme

PATH_VARIABLE = "JUXIAN_PROGRAMMES_PATH"
"""Names further folders, one after another as in PATH: each a programme, or a folder of programmes."""

_HERE = Path(__file__).parent


def load(extra_paths: Iterable[Path | str] = ()) -> Mapping[str, Programme]:
    """The programmes of this folder, then those of the further folders, by their slug.

    A programme is a package that exports `PROGRAMME`. ValueError where two have the same slug, or where a
    further folder holds none.
    """
    found: dict[str, Programme] = {}
    for programme in (*_at_home(), *(one for path in extra_paths for one in _abroad(Path(path)))):
        if found.setdefault(programme.programme, programme) is not programme:
            raise ValueError(f"two programmes are called {programme.programme}")
    return MappingProxyType(found)


def _at_home() -> Iterator[Programme]:
    for module in pkgutil.iter_modules([str(_HERE)]):
        if module.ispkg:
            yield from _exported(importlib.import_module(f"shared.programmes.{module.name}"))


def _abroad(path: Path) -> Iterator[Programme]:
    folders = [path] if (path / "__init__.py").is_file() else sorted(path.glob("*/__init__.py"))
    programmes = [one for folder in folders for one in _exported(_imported(folder))]
    if not programmes:
        raise ValueError(f"no programme in {path}")
    yield from programmes


def _imported(folder: Path) -> ModuleType:
    """Import a package from anywhere, once, so that its classes are the same for everyone in the process."""
    home = folder if folder.is_dir() else folder.parent
    name = f"juxian_programme_{home.name}"
    known = sys.modules.get(name)
    if known is not None and known.__file__ == str(home / "__init__.py"):
        return known
    spec = importlib.util.spec_from_file_location(name, home / "__init__.py", submodule_search_locations=[str(home)])
    if spec is None or spec.loader is None:
        raise ValueError(f"no programme in {home}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _exported(module: ModuleType) -> Iterator[Programme]:
    programme = getattr(module, "PROGRAMME", None)
    if isinstance(programme, Programme):
        yield programme


PROGRAMMES = load(filter(None, os.environ.get(PATH_VARIABLE, "").split(os.pathsep)))
