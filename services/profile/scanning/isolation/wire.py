"""What worker, zygote and child say to one another: one line of JSON each."""

import json
import stat
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from services.profile.scanning.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Request:
    """One file for a child: where it lies, where results go, and how many seconds it may take."""

    source: str
    target: str
    purpose: str
    wall_seconds: float
    cpu_seconds: int


class End(StrEnum):
    """How a child ended."""

    ANSWERED = "answered"
    TOO_MUCH = "too_much"
    """It used up its time or its memory."""
    KILLED = "killed"
    """Somebody outside killed it; the file may be innocent."""
    CRASHED = "crashed"
    UNAVAILABLE = "unavailable"
    """The system failed (disk full, file gone), not the file."""


@dataclass(frozen=True, slots=True)
class Reply:
    """How a child ended, and the outcome in JSON if it gave one."""

    end: End
    outcome: str = ""


_REQUEST: Final = TypeAdapter(Request)
_REPLY: Final = TypeAdapter(Reply)
_OUTCOME: Final = TypeAdapter(Outcome)


def line(message: Request | Reply) -> bytes:
    """A message as one line."""
    return json.dumps(asdict(message)).encode() + b"\n"


def request(data: bytes) -> Request:
    """A request out of its line."""
    return _REQUEST.validate_json(data)


def reply(data: bytes) -> Reply:
    """A reply out of its line."""
    return _REPLY.validate_json(data)


def pack(outcome: Outcome) -> bytes:
    """An outcome as a child gives it: files by bare name, in its target folder."""
    return json.dumps(asdict(outcome), default=_name).encode()


def _name(path: object) -> str:
    if isinstance(path, Path):
        return path.name
    msg = f"no JSON for {type(path).__name__}"
    raise TypeError(msg)


def unpack(data: str, target: Path) -> Outcome | None:
    """An outcome out of what a child says, which is not believed.

    None unless its shape holds and each file that it names is a plain file of its own in `target`.
    """
    try:
        outcome = _OUTCOME.validate_json(data)
    except ValidationError:
        return None
    return _settled(outcome, target)


def _settled(outcome: Outcome, target: Path) -> Outcome | None:
    paths = [image.path for image in (*outcome.pages, *outcome.pixels, outcome.thumbnail, outcome.cleaned) if image]
    if not all(_is_own_file(target, path) for path in paths):
        return None
    return replace(
        outcome,
        pages=tuple(replace(page, path=target / page.path) for page in outcome.pages),
        pixels=tuple(replace(page, path=target / page.path) for page in outcome.pixels),
        lines=None,
        thumbnail=outcome.thumbnail and replace(outcome.thumbnail, path=target / outcome.thumbnail.path),
        cleaned=outcome.cleaned and replace(outcome.cleaned, path=target / outcome.cleaned.path),
    )


def _is_own_file(target: Path, path: Path) -> bool:
    """A bare name of a regular file with one link: no way out of the folder, no link to another file."""
    if path.name != str(path) or path.name in {"", ".", ".."}:
        return False
    try:
        state = (target / path).lstat()
    except OSError:
        return False
    return stat.S_ISREG(state.st_mode) and state.st_nlink == 1
