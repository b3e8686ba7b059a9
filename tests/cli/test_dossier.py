"""The verifier of dossiers, as an operator and as anybody else runs it."""

import base64
import json
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from typer.testing import CliRunner

from cli.app import app
from cli.dossier import FORMAT, MANIFEST, SIGNATURE, SIGNED, main, verify

PAPER = b"%PDF-1.7\nwords\nstartxref\n9\n%%EOF\n"
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = base64.b64encode(KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def signed(**changes: object) -> bytes:
    """A dossier as the platform signs it, but for what is changed in its manifest."""
    manifest = {"format": FORMAT, "pdf_sha256": sha256(PAPER).hexdigest(), "number": "DZ-2026-000001",
                "public_key": PUBLIC, **changes}  # fmt: skip
    raw = json.dumps(manifest).encode()
    proof = base64.b64encode(KEY.sign(SIGNED + raw))
    return PAPER + MANIFEST + base64.b64encode(raw) + SIGNATURE + proof + b"\nstartxref\n9\n%%EOF\n"


def test_only_a_paper_that_nobody_touched_is_genuine() -> None:
    told = [signed(), signed().replace(b"words", b"wards"), signed() + b"more", PAPER, signed(format="other")]
    assert [verify(one, PUBLIC).code for one in told] == [
        "genuine", "paper_changed", "something_added", "unsigned", "format_unknown",
    ]  # fmt: skip


def test_a_manifest_that_was_bent_and_a_key_of_somebody_else_are_found() -> None:
    raw = signed()[len(PAPER + MANIFEST) :].partition(SIGNATURE)[0]
    bent = json.loads(base64.b64decode(raw)) | {"number": "DZ-2026-000002"}
    other = signed().replace(raw, base64.b64encode(json.dumps(bent).encode()))
    assert verify(other, PUBLIC).code == "signature_wrong"
    assert verify(signed(), base64.b64encode(b"x" * 32).decode()).code == "signature_wrong"
    assert verify(signed().replace(raw, b"!!"), PUBLIC).code == "unreadable"


def test_it_runs_as_a_command_and_alone(tmp_path: Path) -> None:
    paper = tmp_path / "dossier.pdf"
    paper.write_bytes(signed())
    told = CliRunner().invoke(app, ["dossier", "verify", str(paper), "--key", PUBLIC, "--json"])
    assert (told.exit_code, json.loads(told.output)["verdict"]) == (0, "genuine")
    paper.write_bytes(PAPER)
    assert (CliRunner().invoke(app, ["dossier", "verify", str(paper)]).exit_code, main([str(paper)])) == (1, 1)
