"""Advice on how a scan looks, whatever is declared: whether it can be read, and whether a photo is a portrait."""

from collections.abc import Iterator, Sequence
from typing import Final

from services.profile.scanning.outcome import Check, Line

_SURE: Final = 0.75
REASONS: Final = ("small", "blurred", "dark", "bright")
"""Flags that say why something cannot be read, the likeliest first."""
_EDGE: Final = 0.002
"""Of the page: a line that comes nearer to its edge is cut there."""
_LEAST_CUT: Final = 2
"""Lines; one alone may be a mark of the scanner."""
_TEXT_ON_A_PORTRAIT: Final = 12
"""Characters; a studio's name or a date may stand on one."""
_FACES: Final = {"one_face": "face_found", "no_face": "face_missing", "several_faces": "faces_several"}


def legible(lines: Sequence[Line], flags: frozenset[str]) -> Check:
    """Whether what was read is sure enough, and where not, what may be the matter; whether the page is all there."""
    letters = sum(len(line.text) for line in lines)
    why = next((flag for flag in REASONS if flag in flags), None)
    if not letters:
        return Check("legible", "attention", f"looks_{why}" if why else "nothing_read", page=1)
    sure = sum(line.score * len(line.text) for line in lines) / letters
    if sure < _SURE:
        return Check("legible", "attention", f"looks_{why}" if why else "read_badly")
    cut = [line for line in lines if _is_cut(line)]
    if len(cut) >= _LEAST_CUT:
        return Check("legible", "attention", "looks_cropped", cut[0].page, cut[0].box)
    return Check("legible", "passed", "read_well")


def _is_cut(line: Line) -> bool:
    """Whether a line of text runs out of the picture on the left or on the right."""
    return len(line.text) > 1 and (line.box.x < _EDGE or line.box.x + line.box.width > 1 - _EDGE)


def photo_checks(lines: Sequence[Line] | None, flags: frozenset[str]) -> Iterator[Check]:
    """Whether a photo shows one face and no page of text; nothing where it could not be looked at."""
    why = next((flag for flag in ("dark", "bright") if flag in flags), None)
    if why:
        yield Check("legible", "attention", f"photo_{why}", page=1)
    face = next((flag for flag in _FACES if flag in flags), None)
    if face:
        yield Check("photo_face", "passed" if face == "one_face" else "attention", _FACES[face], page=1)
    if lines is None:
        return
    if sum(len(line.text) for line in lines) > _TEXT_ON_A_PORTRAIT:
        yield Check("right_slot", "attention", "not_a_portrait", page=1)
    elif face == "no_face":
        yield Check("right_slot", "attention", "no_portrait", page=1)
    else:
        yield Check("right_slot", "passed", "slot_fits", page=1)
