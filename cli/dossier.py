"""Verifies a dossier offline: it needs this file, Python and `cryptography`, neither the platform nor its database.

Run as `juxian dossier verify FILE`, or alone: `python dossier.py FILE [KEY]`.
"""

import base64
import binascii
import hashlib
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "juxian-dossier/1"
MANIFEST, SIGNATURE = b"\n%Juxian-Manifest: ", b"\n%Juxian-Signature: "
SIGNED = b"juxian-dossier\0"
ENDING = 200
"""Bytes after the signature at most: where the PDF's table lies, and its end mark."""


class Verdict(NamedTuple):
    """What is to be said of a dossier: `code` is `genuine`, or why it is not."""

    code: str
    manifest: dict[str, Any]

    @property
    def is_genuine(self) -> bool:
        """Whether nothing in it was changed since it was signed."""
        return self.code == "genuine"


def verify(content: bytes, key: str | None = None) -> Verdict:
    """Judge a dossier's bytes.

    `key`: the platform's public key in base64, from `GET /api/v1/verify/keys`. Without it the key that the dossier
    names itself is used: it proves that nothing was changed, and not yet who signed.
    """
    paper, found, rest = content.rpartition(MANIFEST)
    said, has_signature, ending = rest.partition(SIGNATURE)
    if not found or not has_signature:
        return Verdict("unsigned", {})
    signature, _line, tail = ending.partition(b"\n")
    try:
        raw, proof = base64.b64decode(said, validate=True), base64.b64decode(signature, validate=True)
        manifest = json.loads(raw)
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key or manifest["public_key"], validate=True))
    except (binascii.Error, ValueError, KeyError, TypeError):
        return Verdict("unreadable", {})
    try:
        public.verify(proof, SIGNED + raw)
    except InvalidSignature:
        return Verdict("signature_wrong", manifest)
    return Verdict(_compared(manifest, paper, tail), manifest)


def _compared(manifest: dict[str, Any], paper: bytes, tail: bytes) -> str:
    """Whether the paper is the one that the signed manifest speaks of."""
    if manifest.get("format") != FORMAT:
        return "format_unknown"
    if hashlib.sha256(paper).hexdigest() != manifest["pdf_sha256"]:
        return "paper_changed"
    end = paper[paper.rindex(b"startxref") :].strip() if b"startxref" in paper else b""
    return "genuine" if tail.strip() == end and len(tail) < ENDING else "something_added"


def main(arguments: list[str]) -> int:
    """Verify the file that is named; 0 where it is genuine."""
    verdict = verify(Path(arguments[0]).read_bytes(), arguments[1] if len(arguments) > 1 else None)
    about = {name: verdict.manifest.get(name) for name in ("number", "version", "status", "drawn_at", "public_key")}
    sys.stdout.write(json.dumps({"verdict": verdict.code, **about}, ensure_ascii=False) + "\n")
    return 0 if verdict.is_genuine else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
