"""The OCR: RapidOCR with the PP-OCRv6 models of its wheel, one thread, no angle classifier; nothing is downloaded."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from services.profile.scanning import bounds
from services.profile.scanning.outcome import Box

Picture = NDArray[np.uint8]
"""Rows, columns, red green blue."""

_SETTINGS: Final = {
    "Global.use_cls": False,
    "Global.log_level": "critical",
    "Global.max_side_len": bounds.READING_SIDE,
    "Det.limit_side_len": bounds.DETECTION_SIDE,
    "Det.limit_type": "max",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_SURE: Final = 0.85
"""Below it, on average, a page is tried the other way up."""
_TALL: Final = 1.5
_PALER: Final = 0.9
"""How far what is red is drawn towards white before it is read."""
_SAME_ROW: Final = 0.5
"""The share of a line's height by which the next may lie lower on the same row."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of text on one page: what it says, how sure the OCR is (0 to 1), and where."""

    text: str
    score: float
    box: Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it was read: its lines, and by how many quarters to the left it had to be turned for that."""

    lines: list[Seen]
    turn: int = 0


class Engine:
    """The models, loaded."""

    def __init__(self) -> None:
        """Load them; takes a second or more."""
        logging.disable(logging.CRITICAL)
        cv2.setNumThreads(1)
        self._ocr = RapidOCR(params=_SETTINGS)

    def read(self, picture: Picture) -> Sheet:
        """Every line of a page, top to bottom; one that lies on a side or on its head is turned before.

        The boxes are places on the page as it was read, turned upright.
        """
        best = self._lines(picture)
        tried = [(turn, self._lines(np.rot90(picture, turn))) for turn in _other_turns(best)]
        turn, lines = max([(0, best), *tried], key=lambda read: _worth(read[1]))
        return Sheet(lines, turn)

    def _lines(self, picture: Picture) -> list[Seen]:
        height, width = picture.shape[:2]
        read = self._ocr(_without_seals(picture))
        if not isinstance(read, RapidOCROutput) or read.boxes is None or not read.txts or not read.scores:
            return []
        boxes = np.asarray(read.boxes, np.float64)
        return [Seen(read.txts[at], float(read.scores[at]), _box(boxes[at], width, height)) for at in in_rows(boxes)]


def _without_seals(picture: Picture) -> Picture:
    """The page as the OCR gets it (blue green red), what is red on it paler: black print shows through a seal.

    Paler and not gone, for titles are printed in red as well.
    """
    red, green, blue = (np.ascontiguousarray(picture[:, :, at]) for at in range(3))
    paled = (cv2.max(one, cv2.addWeighted(red, _PALER, one, 1 - _PALER, 0)) for one in (blue, green))
    return np.asarray(cv2.merge([*paled, red]), np.uint8)


def in_rows(boxes: NDArray[np.float64]) -> list[int]:
    """The order in which quads (n, 4 corners, x y) are read: by rows as the page is tilted, each from left to right."""
    edge = boxes[:, 1] - boxes[:, 0]
    tilt = float(np.median(np.arctan2(edge[:, 1], edge[:, 0])))
    centres = boxes.mean(axis=1)
    across = centres[:, 0] * np.cos(tilt) + centres[:, 1] * np.sin(tilt)
    down = centres[:, 1] * np.cos(tilt) - centres[:, 0] * np.sin(tilt)
    high = np.linalg.norm(boxes[:, 3] - boxes[:, 0], axis=1)
    rows: list[list[int]] = []
    for at in np.argsort(down, kind="stable").tolist():
        row = rows[-1] if rows else None
        if row is not None and down[at] - np.mean(down[row]) < _SAME_ROW * min(high[at], high[row].mean()):
            row.append(at)
        else:
            rows.append([at])
    return [at for row in rows for at in sorted(row, key=lambda one: float(across[one]))]


def _box(corners: NDArray[np.float64], width: int, height: int) -> Box:
    """The upright box around four corners, as fractions of the page."""
    left, top = (float(value) for value in corners.min(axis=0))
    right, bottom = (float(value) for value in corners.max(axis=0))
    left, right = max(0.0, left / width), min(1.0, right / width)
    top, bottom = max(0.0, top / height), min(1.0, bottom / height)
    return Box(round(left, 4), round(top, 4), round(max(0.0, right - left), 4), round(max(0.0, bottom - top), 4))


def _other_turns(lines: Sequence[Seen]) -> tuple[int, ...]:
    """Which quarter turns are worth trying, by what a page read as it lies looks like."""
    if not lines:
        return ()
    letters = sum(len(line.text) for line in lines) or 1
    tall = sum(len(line.text) for line in lines if line.box.height > _TALL * line.box.width and len(line.text) > 1)
    if tall * 2 > letters:
        return (1, 3)
    sure = sum(line.score * len(line.text) for line in lines) / letters
    return (2,) if sure < _SURE else ()


def _worth(lines: Sequence[Seen]) -> float:
    """How much was read, doubtful lines counting little, upright ones little too."""
    flat = (line for line in lines if line.box.height <= _TALL * line.box.width)
    return sum(line.score**4 * len(line.text) for line in flat)
