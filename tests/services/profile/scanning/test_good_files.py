"""Good files of every format become pages, a thumbnail and a clean copy; each the right way up, in right colours."""

import hashlib
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from services.profile.scanning import Kind, Outcome
from services.profile.scanning.outcome import Cleaned
from tests.builders import files, pdfs
from tests.services.profile.scanning.conftest import Scan

BLUE, PAPER = (20, 40, 200), (250, 246, 236)

PICTURES: dict[str, tuple[Callable[[], bytes], Kind]] = {
    "jpeg": (files.jpeg, Kind.JPEG),
    "jpeg in cmyk": (lambda: files.jpeg(files.certificate().convert("CMYK")), Kind.JPEG),
    "jpeg of a phone": (files.telling_jpeg, Kind.JPEG),
    "progressive jpeg": (lambda: files.jpeg(progressive=True), Kind.JPEG),
    "png": (files.png, Kind.PNG),
    "png with notes": (files.telling_png, Kind.PNG),
    "palette png": (files.palette_png, Kind.PNG),
    "moving png": (lambda: files.moving("PNG"), Kind.PNG),
    "webp": (files.webp, Kind.WEBP),
    "lossless webp": (lambda: files.webp(lossless=True), Kind.WEBP),
    "moving webp": (files.moving, Kind.WEBP),
    "tiff": (files.tiff, Kind.TIFF),
    "packed tiff": (lambda: files.tiff(compression="tiff_lzw"), Kind.TIFF),
    "heic": (files.heic, Kind.HEIC),
}


def _near(seen: object, meant: tuple[int, int, int], by: int = 12) -> bool:
    return isinstance(seen, tuple) and all(abs(a - b) <= by for a, b in zip(seen, meant, strict=True))


def _first_page(outcome: Outcome) -> Image.Image:
    with Image.open(outcome.pages[0].path) as image:
        return image.convert("RGB")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_becomes_an_upright_page_in_its_colours(name: str, run: Scan) -> None:
    build, kind = PICTURES[name]

    outcome = run(build())

    assert (outcome.status, outcome.kind) == ("ready", kind)
    assert [(page.width, page.height) for page in outcome.pages] == [files.PORTRAIT]
    page = _first_page(outcome)
    assert page.size == files.PORTRAIT
    assert _near(page.getpixel((20, 20)), BLUE, 30)
    assert _near(page.getpixel((580, 20)), PAPER, 24)
    assert outcome.cleaned is not None
    assert outcome.cleaned.media_type == "image/jpeg"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_of_a_camera_is_turned_up(orientation: int, run: Scan) -> None:
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = files.certificate() if undo is None else files.certificate().transpose(undo)

    page = _first_page(run(files.jpeg(stored, exif=exif)))

    assert page.size == files.PORTRAIT
    assert _near(page.getpixel((20, 20)), BLUE, 30)


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
def test_an_orientation_that_does_not_exist_turns_nothing(orientation: int, run: Scan) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation

    assert _first_page(run(files.jpeg(exif=exif))).size == files.PORTRAIT


def test_sixteen_bits_of_grey_keep_their_middle(run: Scan) -> None:
    page = _first_page(run(files.grey16_png()))

    assert _near(page.getpixel((128, 30)), (128, 128, 128))


def test_sixteen_bits_a_colour_keep_their_colour(run: Scan) -> None:
    assert _near(_first_page(run(files.colour16_png())).getpixel((30, 50)), (255, 128, 0))


def test_what_is_transparent_becomes_paper(run: Scan) -> None:
    page = _first_page(run(files.see_through_png()))

    assert page.getpixel((5, 5)) == (255, 255, 255)


def test_an_embedded_profile_is_applied(run: Scan) -> None:
    red = Image.new("RGB", (64, 96), (220, 30, 30))

    page = _first_page(run(files.jpeg(red, icc_profile=files.swapped_profile())))

    green, other = page.getpixel((30, 40))[1], page.getpixel((30, 40))[0]  # type: ignore[index]  # an RGB pixel
    assert green > other


def test_a_profile_that_cannot_be_read_is_left_out(run: Scan) -> None:
    page = _first_page(run(files.jpeg(icc_profile=b"no profile at all")))

    assert _near(page.getpixel((20, 20)), BLUE, 30)


def test_a_fax_stays_black_and_white(run: Scan) -> None:
    with Image.open(run(files.fax_tiff()).pages[0].path) as page:
        assert (page.mode, page.size) == ("L", files.PORTRAIT)


def test_a_large_picture_is_kept_whole_and_shown_smaller(run: Scan) -> None:
    outcome = run(files.jpeg(files.certificate((3000, 4000))))

    assert [(page.width, page.height) for page in outcome.pages] == [(1316, 1754)]
    assert outcome.thumbnail is not None
    assert (outcome.thumbnail.width, outcome.thumbnail.height) == (240, 320)
    assert outcome.cleaned is not None
    with Image.open(outcome.cleaned.path) as cleaned:
        assert cleaned.size == (3000, 4000)


@pytest.mark.parametrize(
    "build", [lambda: files.tiff(3), lambda: pdfs.text(3), lambda: pdfs.scanned(3)], ids=["tiff", "text", "scanned"]
)
def test_many_pages_are_bound_into_a_new_pdf(build: Callable[[], bytes], run: Scan) -> None:
    outcome = run(build())

    assert [page.path.name for page in outcome.pages] == ["page-001.jpg", "page-002.jpg", "page-003.jpg"]
    assert outcome.cleaned == Cleaned(outcome.pages[0].path.parent / "cleaned.pdf", "application/pdf")
    assert outcome.hashes is not None
    assert len(outcome.hashes.pages) == 3
    with pikepdf.open(outcome.cleaned.path) as cleaned:
        assert len(cleaned.pages) == 3


def test_a_preview_among_the_pages_of_a_tiff_is_no_page(run: Scan) -> None:
    outcome = run(files.tiff_with_preview())

    assert [(page.width, page.height) for page in outcome.pages] == [files.PORTRAIT]


def test_chinese_text_in_a_font_that_a_pdf_does_not_carry_is_drawn(run: Scan) -> None:
    page = _first_page(run(pdfs.chinese_unembedded())).convert("L")

    dark = sum(page.crop((150, 350, 700, 520)).histogram()[:128])
    assert dark > 3_000


def test_what_stands_in_a_form_is_drawn(run: Scan) -> None:
    page = _first_page(run(pdfs.with_form()))

    assert _near(page.getpixel((300, 1754 - 250)), (255, 0, 0))


def test_hashes_are_those_of_the_files(run: Scan) -> None:
    data = files.jpeg()

    outcome = run(data)

    assert outcome.hashes is not None
    assert outcome.cleaned is not None
    assert outcome.hashes.upload == hashlib.sha256(data).hexdigest()
    assert outcome.hashes.cleaned == hashlib.sha256(outcome.cleaned.path.read_bytes()).hexdigest()


def _apart(one: Outcome, other: Outcome) -> int:
    assert one.hashes is not None
    assert other.hashes is not None
    return (int(one.hashes.pages[0], 16) ^ int(other.hashes.pages[0], 16)).bit_count()


def test_the_same_picture_saved_otherwise_looks_alike(run: Scan) -> None:
    image = files.certificate((1200, 1600))
    first = run(files.jpeg(image))

    assert _apart(first, run(files.jpeg(image.resize((750, 1000)), quality=60))) < 20
    assert _apart(first, run(files.jpeg(files.portrait()))) > 40
