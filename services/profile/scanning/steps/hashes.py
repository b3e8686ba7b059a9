"""Step: fingerprints of the file, of its cleaned copy and of what each page looks like."""

import hashlib
from pathlib import Path

from PIL import Image

from services.profile.scanning.outcome import Hashes
from services.profile.scanning.work import Did, Work

_GRID = 16
_FLAT = 3
"""Of 255: a difference that recompressing makes by itself; below it a field counts as like its neighbour."""
_COLOURS = 8


def take_hashes(work: Work) -> Did:
    """SHA-256 of both files; of each page a hash that small changes leave nearly alike, and its colours."""
    if work.cleaned is None:
        return Did.SKIPPED
    pages = tuple(difference_hash(page.grey) for page in work.pages)
    colours = tuple(colour_grid(page.small) for page in work.pages)
    work.hashes = Hashes(_sha256(work.source), _sha256(work.cleaned.path), pages, colours)
    return Did.DONE


def difference_hash(grey: Image.Image) -> str:
    """512 bits (hex): whether each of 16 × 16 fields is darker than its neighbour to the right, and below."""
    across = grey.resize((_GRID + 1, _GRID), Image.Resampling.BOX).tobytes()
    down = grey.resize((_GRID, _GRID + 1), Image.Resampling.BOX).tobytes()
    bits = 0
    for values, width, step in ((across, _GRID + 1, 1), (down, _GRID, _GRID)):
        for row in range(_GRID):
            for column in range(_GRID):
                at = row * width + column
                bits = bits << 1 | (values[at] + _FLAT < values[at + step])
    return f"{bits:0128x}"


def colour_grid(small: Image.Image) -> str:
    """The mean red, green and blue of each of 8 × 8 fields (hex, 192 bytes)."""
    return small.convert("RGB").resize((_COLOURS, _COLOURS), Image.Resampling.BOX).tobytes().hex()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
