"""What a child says is checked before it is believed."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from services.profile.scanning.isolation import wire
from services.profile.scanning.outcome import (
    Box,
    Check,
    Cleaned,
    Hashes,
    Outcome,
    PageImage,
    Rejection,
    StepRecord,
    rejected,
)


def _whole(target: Path) -> Outcome:
    for name in ("page-001.jpg", "thumbnail.jpg", "cleaned.jpg"):
        (target / name).write_bytes(b"pixels")
    return Outcome(
        "ready",
        pages=(PageImage(target / "page-001.jpg", 600, 800),),
        thumbnail=PageImage(target / "thumbnail.jpg", 240, 320),
        cleaned=Cleaned(target / "cleaned.jpg", "image/jpeg"),
        hashes=Hashes("a", "b", ("c",)),
        flags=("animated",),
        steps=(StepRecord("decode", "done", 12),),
        checks=(Check("name_found", "passed", "name_found", 1, Box(0.1, 0.2, 0.3, 0.4)),),
    )


def test_an_outcome_comes_back_as_it_was_sent(tmp_path: Path) -> None:
    outcome = _whole(tmp_path)

    assert wire.unpack(wire.pack(outcome).decode(), tmp_path) == outcome


def test_a_rejected_outcome_comes_back_too(tmp_path: Path) -> None:
    outcome = rejected(Rejection.CORRUPT)

    assert wire.unpack(wire.pack(outcome).decode(), tmp_path) == outcome


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../upload", "missing.jpg", "", ".", "..", "folder", "symlink", "twin"]
)
def test_a_path_that_leads_elsewhere_is_not_believed(name: str, tmp_path: Path) -> None:
    (tmp_path / "upload").write_text("elsewhere")
    target = tmp_path / "target"
    (target / "folder").mkdir(parents=True)
    (target / "symlink").symlink_to("/etc/passwd")
    (target / "twin").hardlink_to(tmp_path / "upload")
    said = json.loads(wire.pack(_whole(target)))
    said["cleaned"]["path"] = name

    assert wire.unpack(json.dumps(said), target) is None


@pytest.mark.parametrize(
    "said",
    ["", "{", "null", "[]", '{"status": "fine"}', '{"status": "ready", "code": "well"}', '{"pages": 1}', "\x00" * 9],
)
def test_nonsense_is_not_believed(said: str, tmp_path: Path) -> None:
    assert wire.unpack(said, tmp_path) is None


def test_only_values_go_over_the_wire() -> None:
    with pytest.raises(TypeError):
        wire.pack(Outcome("ready", flags=(object(),)))  # type: ignore[arg-type]  # what must not happen


def test_requests_and_replies_come_back_as_they_were_sent() -> None:
    request = wire.Request("/a", "/b", "photo", 30.0, 15)
    reply = wire.Reply(wire.End.ANSWERED, '{"名": 1}\n')

    assert wire.request(wire.line(request)) == request
    assert wire.reply(wire.line(reply)) == reply
    assert wire.line(reply).count(b"\n") == 1
    assert asdict(reply)["end"] == "answered"
