"""The whole pipeline beside bare OCR: processor seconds a scan, the ratio, and the memory after a thousand scans."""

import io
import os
import tempfile
import time
from itertools import cycle
from pathlib import Path
from random import Random

import cv2
import numpy as np
import psutil
from PIL import Image

from bench.scans.damage import damaged
from bench.scans.papers import papers
from services.profile import scanning
from services.profile.scanning import bounds
from services.profile.scanning.reading.engine import Engine

_PHOTO = 3000
"""Pixels of the long side of what a phone sends."""


def ratio(count: int = 36, seed: int = 3) -> None:
    """Photos of papers through the pipeline, and through bare OCR with the same options and one thumbnail."""
    photos = [_photo(paper.image, at) for at, paper in enumerate(papers(count, seed))]
    engine = Engine()
    _bare(engine, photos[0])
    _piped(photos[0])
    floor, ours = [], []
    for photo in photos:
        used = time.process_time()
        _bare(engine, photo)
        floor.append(time.process_time() - used)
        before = _used_by_all()
        _piped(photo)
        ours.append(_used_by_all() - before)
    bare, whole = sum(floor) / count, sum(ours) / count
    print(f"pipeline {whole:.2f} s of CPU a scan, bare OCR and a thumbnail {bare:.2f} s: {whole / bare:.2f}", _load())


def memory(count: int = 1000, seed: int = 4) -> None:
    """So many small scans one after the other: what worker and helpers hold, at a tenth of them and at the end."""
    scans = [_photo(paper.image, at, 900) for at, paper in enumerate(papers(21, seed))]
    for at, scan in zip(range(1, count + 1), cycle(scans), strict=False):
        _piped(scan)
        if at in {count // 10, count // 2, count}:
            held = sorted(round(one.memory_info().rss / 2**20) for one in _family())
            print(f"after {at} scans: {sum(held)} MB {held}", _load())


def _photo(image: Image.Image, at: int, side: int = _PHOTO) -> bytes:
    """A paper as a phone sends it, whichever way up."""
    seen = damaged(image, Random(at))
    scale = side / max(seen.size)
    file = io.BytesIO()
    seen.resize((round(seen.width * scale), round(seen.height * scale))).save(file, "JPEG", quality=88)
    return file.getvalue()


def _bare(engine: Engine, photo: bytes) -> None:
    """Decode as small as will do, read, and draw one thumbnail."""
    with Image.open(io.BytesIO(photo)) as image:
        image.draft("RGB", (bounds.READING_SIDE, bounds.READING_SIDE))
        page = image.convert("RGB")
    page.thumbnail((bounds.READING_SIDE, bounds.READING_SIDE))
    engine.read(np.asarray(page))
    page.thumbnail((bounds.THUMBNAIL_SIDE, bounds.THUMBNAIL_SIDE))
    page.save(io.BytesIO(), "JPEG", quality=75)


def _piped(photo: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        source.write_bytes(photo)
        outcome = scanning.process(source, Path(folder) / "target", "proof")
    if outcome.lines is None:
        message = f"a scan was not read: {outcome.status} {outcome.code}"
        raise RuntimeError(message)


def _family() -> list[psutil.Process]:
    me = psutil.Process()
    return [me, *me.children(recursive=True)]


def _used_by_all() -> float:
    """Processor seconds of this process, of its helpers, and of their children that have ended."""
    times = [one.cpu_times() for one in _family()]
    own = sum(one.user + one.system for one in times)
    return float(own + sum(one.children_user + one.children_system for one in times[1:]))


def _load() -> str:
    return f"(load {os.getloadavg()[0]:.1f}, {cv2.getNumThreads()} threads)"
