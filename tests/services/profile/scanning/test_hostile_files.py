"""Hostile files end as rejected with their code, in a worker that lives on."""

from collections.abc import Callable
from functools import cache

import pytest

from services.profile.scanning import bounds, sniff
from tests.builders import files, hostile, hostile_pdfs, pdfs
from tests.builders.mutations import corpus, special
from tests.services.profile.scanning.conftest import Scan

Build = Callable[[], bytes]

REJECTED: dict[str, tuple[Build, str]] = {
    "empty": (lambda: b"", "file_empty"),
    "zip named pdf": (hostile.zipped, "type_not_accepted"),
    "over 20 MB": (lambda: files.jpeg() + bytes(bounds.UPLOAD_BYTES), "too_large"),
    "60 megapixels": (hostile.pixel_bomb_png, "too_many_pixels"),
    "60 megapixels in a tiff": (
        lambda: files.saved(hostile.black((10_000, 6_000)), "TIFF", compression="group4"),
        "too_many_pixels",
    ),
    "268 megapixels in a webp": (hostile.webp_bomb, "too_many_pixels"),
    "2 billion pixels": (lambda: hostile.promising_png(50_000, 50_000), "too_many_pixels"),
    "a single point": (lambda: files.png(hostile.black((1, 1))), "too_small"),
    "31 pages of tiff": (lambda: files.tiff(31), "too_many_pages"),
    "31 pages of pdf": (lambda: pdfs.text(31), "too_many_pages"),
    "2,000 pages of pdf": (lambda: pdfs.text(2_000), "too_many_pages"),
    "400 previews": (hostile.preview_tiff, "too_many_pages"),
    "locked pdf": (pdfs.encrypted, "encrypted"),
    "pdf without pages": (hostile_pdfs.no_pages, "corrupt"),
    "pages in a circle": (hostile_pdfs.page_loop, "corrupt"),
    "brackets without end": (hostile_pdfs.deeply_nested, "corrupt"),
    "200,100 objects": (hostile_pdfs.many_objects, "too_complex"),
    "stream bomb": (hostile_pdfs.stream_bomb, "too_complex"),
    "a header and nothing else": (lambda: b"%PDF-1.7\n%%EOF\n", "corrupt"),
    "jpeg header and noise": (lambda: files.jpeg()[:20] + hostile.noise(), "corrupt"),
    "png header and noise": (lambda: files.png()[:33] + hostile.noise(), "corrupt"),
    "tiff header and noise": (lambda: b"II*\0" + hostile.noise(), "corrupt"),
    "heic header and noise": (lambda: files.heic()[:40] + hostile.noise(), "corrupt"),
    "webp header and noise": (lambda: files.webp()[:40] + hostile.noise(), "corrupt"),
}
CUT: dict[str, Build] = {
    "jpeg": files.jpeg,
    "png": files.png,
    "webp": files.webp,
    "tiff": files.tiff,
    "heic": files.heic,
    "pdf": lambda: pdfs.scanned(2),
}
ACCEPTED: dict[str, Build] = {
    "pages of tiff in a circle": hostile.endless_tiff,
    "largest page": lambda: pdfs.text(size=(14_400, 14_400)),
    "smallest page": lambda: pdfs.text(size=(3, 3)),
    "30 pages": lambda: pdfs.text(30),
    "a picture of 400 megapixels in a pdf": hostile_pdfs.picture_bomb,
    "a table of contents that is off": hostile_pdfs.wrong_table,
    "a table of contents in a circle": hostile_pdfs.table_loop,
    "a line of three million points": lambda: files.raw_png(3_000_000, 16, 1, 0, bytes(375_000)),
}


@pytest.mark.parametrize("name", REJECTED)
def test_a_hostile_file_is_rejected_with_its_code(name: str, scan: Scan) -> None:
    build, code = REJECTED[name]

    outcome = scan(build())

    assert (outcome.status, outcome.code) == ("rejected", code)
    assert (outcome.pages, outcome.thumbnail, outcome.cleaned) == ((), None, None)


@pytest.mark.parametrize("name", hostile.strangers())
def test_a_file_of_another_format_is_rejected(name: str, scan: Scan) -> None:
    assert scan(hostile.strangers()[name]).code == "type_not_accepted"


@cache
def _whole(kind: str) -> bytes:
    return CUT[kind]()


@pytest.mark.parametrize("tenths", [0.05, 1, 2, 3, 4, 5, 6, 7, 8, 9])
@pytest.mark.parametrize("kind", CUT)
def test_a_file_that_was_cut_off_is_rejected(kind: str, tenths: float, scan: Scan) -> None:
    data = hostile.cut(_whole(kind), tenths)

    assert scan(data).code == ("corrupt" if sniff(data) else "type_not_accepted")


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_odd_file_that_does_no_harm_is_taken(name: str, scan: Scan) -> None:
    assert scan(ACCEPTED[name]()).status == "ready"


@pytest.mark.parametrize("kind", CUT)
def test_bytes_that_were_changed_do_no_harm(kind: str, scan: Scan) -> None:
    data = bytearray(_whole(kind))
    for at, byte in zip(range(64, len(data), 97), hostile.noise(len(data)), strict=False):
        data[at] = byte

    assert scan(bytes(data)).status in {"ready", "rejected"}


def test_an_endless_drawing_is_ended_by_its_time(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "wall_seconds", lambda _size: 0.5)

    assert scan(hostile_pdfs.self_drawing()).code == "too_complex"


def test_after_all_of_them_a_good_file_is_taken(scan: Scan) -> None:
    assert [scan(build()).status for build in (hostile_pdfs.page_loop, files.jpeg)] == ["rejected", "ready"]


@cache
def _by_chance() -> list[tuple[str, bytes]]:
    return list(corpus(len(special()) + 24, seed=11))[len(special()) :]


@pytest.mark.parametrize("at", range(24))
def test_a_file_damaged_by_chance_ends_with_an_outcome(at: int, scan: Scan) -> None:
    name, data = _by_chance()[at]

    outcome = scan(data)

    assert (outcome.status == "rejected") == (outcome.code is not None), name
    assert bool(outcome.cleaned) == (outcome.status == "ready"), name


def test_the_corpus_is_the_same_for_the_same_seed() -> None:
    assert list(corpus(60, seed=2)) == list(corpus(60, seed=2)) != list(corpus(60, seed=3))
