"""A file is what its first bytes say."""

import pytest

from services.profile.scanning import FIRST_BYTES, Kind, kinds, sniff
from tests.builders import files, hostile, pdfs


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (files.jpeg(), Kind.JPEG),
        (files.png(), Kind.PNG),
        (files.webp(), Kind.WEBP),
        (files.tiff(), Kind.TIFF),
        (b"MM\0*\0\0\0\x08", Kind.TIFF),
        (b"II+\0\x08\0\0\0", Kind.TIFF),
        (files.heic(), Kind.HEIC),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Kind.HEIC),
        (pdfs.text(), Kind.PDF),
        (b"\xef\xbb\xbf\r\n%PDF-1.4\n", Kind.PDF),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", None),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2", None),
        (b"", None),
    ],
)
def test_the_first_bytes_tell_the_kind(data: bytes, kind: Kind | None) -> None:
    assert sniff(data[:FIRST_BYTES]) == kind


@pytest.mark.parametrize("name", hostile.strangers())
def test_what_is_not_accepted_has_no_kind(name: str) -> None:
    assert sniff(hostile.strangers()[name][:FIRST_BYTES]) is None


def test_no_first_bytes_raise() -> None:
    for length in range(FIRST_BYTES):
        assert sniff(hostile.noise(length)) is None


def test_heic_is_accepted_only_where_its_decoder_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "find_spec", lambda _name: None)
    kinds.has_heic.cache_clear()
    assert sniff(files.heic()[:FIRST_BYTES]) is None

    monkeypatch.undo()
    kinds.has_heic.cache_clear()
    assert sniff(files.heic()[:FIRST_BYTES]) == Kind.HEIC


@pytest.mark.parametrize(("kind", "media_type"), [(Kind.PDF, "application/pdf"), (Kind.HEIC, "image/heic")])
def test_each_kind_has_its_media_type(kind: Kind, media_type: str) -> None:
    assert kind.media_type == media_type
