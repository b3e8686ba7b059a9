"""Step: fingerprints of the file, of its cleaned copy and of what each page looks like."""

import hashlib
from pathlib import Path

from PIL import Image

from services.profile.scanning.outcome import Hashes
from services.profile.scanning.work import Did, Work

_GRID = 16


def take_hashes(work: Work) -> Did:
    """SHA-256 of both files; of each page a difference hash, which small changes leave nearly alike."""
    if work.cleaned is None:
        return Did.SKIPPED
    pages = tuple(difference_hash(page.grey) for page in work.pages)
    work.hashes = Hashes(_sha256(work.source), _sha256(work.cleaned.path), pages)
    return Did.DONE


def difference_hash(grey: Image.Image) -> str:
    """256 bits (hex): whether each of 16 × 16 fields is darker than its neighbour to the right."""
    values = grey.resize((_GRID + 1, _GRID), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(_GRID):
        for column in range(_GRID):
            at = row * (_GRID + 1) + column
            bits = bits << 1 | (values[at] < values[at + 1])
    return f"{bits:064x}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
