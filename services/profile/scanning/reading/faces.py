"""Faces on a portrait: OpenCV's cascade of local binary patterns, evaluated with numpy.

The wheel of OpenCV 5 has neither the classifier nor its data any more, and no wheel that is maintained carries a
small model. The cascade is a table of numbers (`data/lbpcascade_frontalface.xml`, from OpenCV 4, data/lbpcascades,
BSD), and looking it up takes a few lines; a portrait costs some 20 ms. It finds faces that look into the camera.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import cv2
import numpy as np
from numpy.typing import NDArray

from services.profile.scanning.outcome import Box

_DATA: Final = Path(__file__).parent / "data" / "lbpcascade_frontalface.xml"
_WINDOW: Final = 24
_SIDE: Final = 200
"""The long side, in pixels, on which faces are looked for: one must be an eighth of it."""
_SMALLER: Final = 1.1
_STEP: Final = 2
_NEIGHBOURS: Final = (3, 2)
"""Hits that must agree on a face; where so many agree on none, fewer will do."""
_SAME: Final = 0.3
"""The share of two hits that must lie on one another for them to be one face."""
_AROUND: Final = ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1))
"""Columns and rows of the eight blocks around the middle one, the highest bit first."""

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Weak:
    """One question: the pattern of nine blocks at a place of the window, and what either answer is worth."""

    block: tuple[int, int, int, int]
    members: NDArray[np.bool_]
    values: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Stage:
    """So many questions whose worth must reach a threshold."""

    threshold: float
    questions: tuple[_Weak, ...]


def faces(picture: NDArray[np.uint8]) -> list[Box]:
    """Every face of a picture (rows, columns, red green blue) that looks ahead, the surest first."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    scale = _SIDE / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = grey.shape
    found = _grouped([hit for hits in _hits(np.asarray(grey, np.uint8)) for hit in hits])
    return [
        Box(round(x / width, 4), round(y / height, 4), round(side / width, 4), round(side / height, 4))
        for x, y, side in found
    ]


def _hits(grey: NDArray[np.uint8]) -> Iterator[list[tuple[float, float, float]]]:
    """Windows that pass all stages, at every size: left, top and side in pixels of the picture."""
    scale = 1.0
    while min(grey.shape) / scale >= _WINDOW:
        size = (round(grey.shape[1] / scale), round(grey.shape[0] / scale))
        small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        rows, columns = _passing(np.asarray(cv2.integral(small), np.int64))
        yield [(x * scale, y * scale, _WINDOW * scale) for y, x in zip(rows, columns, strict=True)]
        scale *= _SMALLER


def _passing(whole: Whole) -> tuple[list[int], list[int]]:
    """Rows and columns of the windows that pass, by the sums of all that lies above and to the left."""
    height, width = whole.shape[0] - 1 - _WINDOW, whole.shape[1] - 1 - _WINDOW
    grid = np.mgrid[0 : height + 1 : _STEP, 0 : width + 1 : _STEP]
    rows, columns = grid[0].ravel(), grid[1].ravel()
    for stage in _cascade():
        worth = np.zeros(len(rows))
        for question in stage.questions:
            codes = _codes(whole, rows, columns, question.block)
            worth += np.where(question.members[codes], *question.values)
        stays = worth >= stage.threshold
        rows, columns = rows[stays], columns[stays]
        if not len(rows):
            break
    return rows.tolist(), columns.tolist()


def _codes(whole: Whole, rows: Whole, columns: Whole, block: tuple[int, int, int, int]) -> Whole:
    """The pattern of each window: which of eight blocks is at least as bright as the one in their middle."""
    x, y, width, height = block
    corners = [[whole[rows + y + r * height, columns + x + c * width] for c in range(4)] for r in range(4)]

    def block_sum(column: int, row: int) -> Whole:
        return corners[row][column] - corners[row][column + 1] - corners[row + 1][column] + corners[row + 1][column + 1]

    middle = block_sum(1, 1)
    code = np.zeros(len(rows), np.int64)
    for column, row in _AROUND:
        code = code << 1 | (block_sum(column, row) >= middle)
    return code


def _grouped(hits: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Hits that lie on one another become one; few alone are no face."""
    groups: list[list[tuple[float, float, float]]] = []
    for hit in hits:
        near = next((group for group in groups if _overlap(group[0], hit) > _SAME), None)
        if near is None:
            groups.append([hit])
        else:
            near.append(hit)
    sure = next((some for least in _NEIGHBOURS if (some := [one for one in groups if len(one) >= least])), [])
    sure.sort(key=len, reverse=True)
    means = [tuple(sum(values) / len(group) for values in zip(*group, strict=True)) for group in sure]
    kept: list[tuple[float, float, float]] = []
    for x, y, side in means:
        if all(_overlap((x, y, side), other) == 0 for other in kept):
            kept.append((x, y, side))
    return kept


def _overlap(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The shared area of two squares, as a share of both together."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[2], other[1] + other[2]) - max(one[1], other[1])
    shared = max(0.0, wide) * max(0.0, high)
    return shared / (one[2] ** 2 + other[2] ** 2 - shared)


@cache
def _cascade() -> tuple[_Stage, ...]:
    """The stages, read once."""
    root = ET.parse(_DATA).getroot()  # noqa: S314 - a file of our own
    blocks = [tuple(int(value) for value in (rect.text or "").split()) for rect in root.iter("rect")]
    stages = root.find("cascade/stages")
    return tuple(_stage(node, blocks) for node in stages if node.find("stageThreshold") is not None) if stages else ()


def _stage(node: ET.Element, blocks: list[tuple[int, ...]]) -> _Stage:
    threshold = float(node.findtext("stageThreshold") or 0) - 1e-5
    return _Stage(threshold, tuple(_weak(weak, blocks) for weak in node.findall("weakClassifiers/_")))


def _weak(node: ET.Element, blocks: list[tuple[int, ...]]) -> _Weak:
    """Left and right, the number of a block, and a set of patterns in eight words of 32 bits."""
    _left, _right, block, *words = (int(value) for value in (node.findtext("internalNodes") or "").split())
    members = [bool(words[code >> 5] >> (code & 31) & 1) for code in range(256)]
    first, second = (float(value) for value in (node.findtext("leafValues") or "").split())
    x, y, width, height = blocks[block]
    return _Weak((x, y, width, height), np.array(members), (first, second))
