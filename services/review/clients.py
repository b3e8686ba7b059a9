"""What review asks of profile, signed: seals, the snapshot of a version, the content of a change request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from services.review.rules import Content
from shared.contracts.refusals import Refusal, Unavailable
from shared.kit.calls import Peer
from shared.programmes.shape import Json

PROFILE = Peer("profile", "review")
SealKind = Literal["submission", "change_request"]


@dataclass(frozen=True, slots=True)
class Seal:
    """What shall no longer change: a version of a submission, or a change request (whose version is always 1)."""

    kind: SealKind
    id: UUID
    version: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it was sealed; if not, why (superseded, withdrawn, unknown) and which version is the newest."""

    is_sealed: bool
    reason: str | None
    version: int


async def seal(seals: Sequence[Seal], reviewer_id: UUID) -> dict[UUID, Verdict]:
    """Ask profile, in one call, to seal these; sealing the same twice is harmless (law 10).

    Gives a verdict for each id. Profile away is Unavailable.
    """
    items = [{"kind": seal.kind, "id": str(seal.id), "version": seal.version} for seal in seals]
    answer = await _ask("POST", "/internal/seals", reviewer_id, {"items": items})
    return {
        UUID(item["id"]): Verdict(bool(item["sealed"]), item["reason"], int(item["version"] or 0))
        for item in answer["items"]
    }


async def snapshot(submission_id: UUID, version: int, reviewer_id: UUID) -> tuple[Content, str]:
    """Fetch a filed version with its content hash. Profile away is Unavailable."""
    answer = await _ask("GET", f"/internal/submissions/{submission_id}/versions/{version}", reviewer_id)
    content = Content(version, str(answer["filed_at"]), answer["sections"], answer["scans"])
    return content, str(answer["content_hash"])


async def duplicates(submission_id: UUID, version: int, reviewer_id: UUID) -> dict[str, dict[str, Json]]:
    """By scan of a filed version: the check that says whether another applicant has uploaded the same."""
    path = f"/internal/submissions/{submission_id}/versions/{version}/duplicates"
    answer: dict[str, dict[str, Json]] = await _ask("GET", path, reviewer_id)
    return answer


async def change_request(change_request_id: UUID, reviewer_id: UUID) -> dict[str, Json]:
    """Fetch what a change request changes: `changes` [{field, old, new}], `scans`, `reason`."""
    answer = await _ask("GET", f"/internal/change-requests/{change_request_id}", reviewer_id)
    return {name: answer.get(name) for name in ("changes", "scans", "reason")}


async def _ask(method: str, path: str, person: UUID, body: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401 - JSON
    """Ask profile. What it refuses of what it told us itself is a disagreement between services, not the caller's."""
    try:
        if method == "POST":
            return await PROFILE.post(path, body or {}, on_behalf_of=person)
        return await PROFILE.get(path, on_behalf_of=person)
    except Unavailable:
        raise
    except Refusal as refusal:
        raise Unavailable(retry_after=3) from refusal
