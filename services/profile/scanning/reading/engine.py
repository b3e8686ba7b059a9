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


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of text on one page: what it says, how sure the OCR is (0 to 1), and where."""

    text: str
    score: float
    box: Box


class Engine:
    """The models, loaded."""

    def __init__(self) -> None:
        """Load them; takes a second or more."""
        logging.disable(logging.CRITICAL)
        cv2.setNumThreads(1)
        self._ocr = RapidOCR(params=_SETTINGS)

    def read(self, picture: Picture) -> list[Seen]:
        """Every line of a page, top to bottom; one that lies on a side or on its head is turned before.

        The boxes are places on the page as it was given, whichever way up it was read.
        """
        best = self._lines(picture)
        turns = _other_turns(best)
        tried = [(turn, self._lines(np.rot90(picture, turn))) for turn in turns]
        turn, lines = max([(0, best), *tried], key=lambda read: _worth(read[1]))
        return [Seen(line.text, line.score, _turned_back(line.box, turn)) for line in lines]

    def _lines(self, picture: Picture) -> list[Seen]:
        height, width = picture.shape[:2]
        read = self._ocr(np.ascontiguousarray(picture[:, :, ::-1]))
        if not isinstance(read, RapidOCROutput) or read.boxes is None or not read.txts or not read.scores:
            return []
        found = zip(read.txts, read.scores, read.boxes, strict=True)
        return [Seen(text, float(score), _box(corners, width, height)) for text, score, corners in found]


def _box(corners: NDArray[np.float32], width: int, height: int) -> Box:
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


def _turned_back(box: Box, turn: int) -> Box:
    """Where a box on a page that was turned `turn` quarters to the left lies on the page as it was."""
    for _quarter in range(turn):
        box = Box(round(1 - box.y - box.height, 4), box.x, box.height, box.width)
    return box
