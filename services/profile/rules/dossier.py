"""The law of dossiers: who may have one, what its cover and its history say, and how it proves itself."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from services.profile.rules.form import VERDICTS
from shared.contracts.identity import Caller
from shared.programmes.shape import Programme

Standing = Literal["owner", "reviewer", "administrator"]
MOST_PAGES = 1500
SEAL = b"\n%Juxian-Manifest: "
"""What stands between the paper and the statement about it; after it comes what PDF takes for a remark."""
SIGNED = b"juxian-dossier\0"
"""Before what is signed, so that the signature can never be taken for another of the same key."""


def standing_of(caller: Caller, owner: UUID, holder: UUID | None) -> Standing | None:
    """As whom the caller may have the dossier; None: not at all. `holder`: the organization that holds it now."""
    if caller.account_id == owner:
        return "owner"
    if "reviewer" in caller.roles and caller.organization_id is not None and caller.organization_id == holder:
        return "reviewer"
    return "administrator" if "administrator" in caller.roles else None


class Happened(NamedTuple):
    """One line of a dossier's history."""

    at: datetime
    what: str
    words: str
    version: str

    def shown(self) -> dict[str, str]:
        """As the template draws it; the moment is China's."""
        return {
            "at": self.at.strftime("%Y-%m-%d %H:%M"),
            "what": self.what,
            "words": self.words,
            "version": self.version,
        }


def filed(at: datetime, version: int, change: str | None) -> Happened:
    """A version was filed, or came of an approved change."""
    return Happened(at, "信息变更" if change else "提交", "", f"第 {version} 版")


def decided(at: datetime, tier: str, organization: str, decision: str, comment: str | None) -> Happened:
    """A tier decided."""
    words = organization + (f"\n{comment}" if comment else "")
    return Happened(at, f"{tier}：{VERDICTS[decision].zh}", words, "")


def scan_title(programme: Programme, section: str, field: str, place: int | None) -> str:
    """Where a scan belongs, as people read it: 教育经历情况 · 第 2 条 · 证明材料."""
    known = programme.section(section)
    parts = [known.title.zh, f"第 {place} 条" if place else "", known.field(field).title.zh]
    return " · ".join(part for part in parts if part)


def sealed(pdf: bytes, manifest: bytes, signature: bytes) -> bytes:
    """The paper with its statement and the signature behind it, still a PDF.

    What follows the paper are remarks (ISO 32000-2, 7.2.4), and its own end once more, for readers look there.
    """
    end = pdf[pdf.rindex(b"startxref") :].rstrip()
    said = base64.b64encode(manifest) + b"\n%Juxian-Signature: " + base64.b64encode(signature)
    return pdf + SEAL + said + b"\n" + end + b"\n"


def manifest_of(pdf: bytes, known: Mapping[str, Any], scans: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What is signed: the paper's hash, what it is about, and the hash of every picture in it."""
    return {
        "format": "juxian-dossier/1",
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
        "pdf_bytes": len(pdf),
        **known,
        "scans": list(scans),
    }
