"""Nothing of an original but its pixels is in what is served."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from services.profile.scanning import Outcome
from services.profile.scanning.looks import REASONS
from tests.builders import files, hostile, pdfs
from tests.services.profile.scanning.conftest import Scan

TELLING: dict[str, Callable[[], bytes]] = {
    "jpeg": files.telling_jpeg,
    "png": files.telling_png,
    "webp": lambda: files.webp(exif=_exif(), xmp=files.SECRET.encode()),
    "tiff": lambda: files.tiff(2, description=files.SECRET, exif=_exif()),
    "pdf": pdfs.text,
    "pdf with an attachment": pdfs.with_attachment,
    **{f"polyglot {name}": lambda name=name: hostile.polyglots()[name] for name in hostile.polyglots()},  # type: ignore[misc]  # the name is bound now
}
ACTIVE: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "script": (pdfs.with_script, ("active_content", "scripts")),
    "hidden script": (pdfs.with_hidden_script, ("active_content", "scripts")),
    "attachment": (pdfs.with_attachment, ("active_content", "attachments")),
    "form": (pdfs.with_form, ("active_content", "forms")),
    "link": (pdfs.with_link, ("active_content", "links")),
    "launch": (pdfs.with_launch, ("active_content", "launch", "links")),
    "nothing": (pdfs.text, ()),
    "locked against changes": (lambda: pdfs.encrypted(user=""), ("restricted",)),
    "movement": (files.moving, ("animated",)),
}


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = files.SECRET
    return exif


def _served(outcome: Outcome) -> list[Path]:
    assert outcome.thumbnail is not None
    assert outcome.cleaned is not None
    return [*(page.path for page in outcome.pages), outcome.thumbnail.path, outcome.cleaned.path]


@pytest.mark.parametrize("name", TELLING)
def test_no_metadata_and_no_payload_is_served(name: str, run: Scan) -> None:
    outcome = run(TELLING[name]())

    assert outcome.status == "ready"
    for path in _served(outcome):
        data = path.read_bytes()
        for hidden in (files.SECRET.encode(), files.SECRET.encode("utf-16-be"), b"<?php", b"<script", b"PK\x03\x04"):
            assert hidden not in data


@pytest.mark.parametrize("name", TELLING)
def test_a_served_jpeg_holds_its_picture_alone(name: str, run: Scan) -> None:
    for path in _served(run(TELLING[name]())):
        if path.suffix == ".jpg":
            with Image.open(path) as image:
                assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
                assert dict(image.getexif()) == {}


@pytest.mark.parametrize("name", ACTIVE)
def test_what_a_pdf_would_do_is_noted(name: str, run: Scan) -> None:
    build, flags = ACTIVE[name]

    noted = run(build()).flags

    assert tuple(flag for flag in noted if flag not in REASONS) == flags


@pytest.mark.parametrize("name", ["script", "hidden script", "attachment", "form", "link", "launch"])
def test_a_served_pdf_does_nothing(name: str, run: Scan) -> None:
    outcome = run(ACTIVE[name][0]())

    assert outcome.cleaned is not None
    with pikepdf.open(outcome.cleaned.path) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        shown = {key for page in pdf.pages for key in page.obj.as_dict()}
        assert shown == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
        assert "/Info" not in pdf.trailer


def test_links_deep_inside_other_objects_are_found(run: Scan) -> None:
    with pdfs.written() as pdf:
        link = pikepdf.Dictionary(
            Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=b"http://a.test")
        )
        pdf.pages[0].Annots = pikepdf.Array([link])
        pdf.Root.AA = pikepdf.Dictionary(WC=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=b"1"))
        data = pdfs.saved(pdf)

    assert run(data).flags == ("active_content", "links", "scripts")
