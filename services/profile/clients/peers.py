"""Calls to other services, signed: where an account came from, which seals have no decision, what they keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.profile.rules.seals import Asked
from shared.kit.calls import Peer
from shared.programmes.shape import Json

AUTH = Peer("auth", "profile")
REVIEW = Peer("review", "profile")
NOTIFY = Peer("notify", "profile")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an account came from, and the facts that its profile begins with."""

    programmes: frozenset[str]
    opened_by: str
    facts: Mapping[str, Json]


async def origin(account_id: UUID, programme: str) -> Origin:
    """Ask auth for an account's origin; an unknown account is Missing, auth away is Unavailable."""
    answer = await AUTH.get(
        f"/internal/accounts/{account_id}/origin", params={"programme": programme}, on_behalf_of=account_id
    )
    return Origin(frozenset(answer["programmes"]), str(answer["opened_by"]), _facts(answer))


def _facts(answer: Mapping[str, Any]) -> dict[str, Json]:
    """What a registration or an import gave, by the names of the sections' fields."""
    imported = dict(answer.get("imported") or {})
    if "organization_id" in imported:
        imported["employer"] = imported.pop("organization_id")
    facts = (*(answer.get("registration") or {}).items(), *imported.items())
    return {name: value for name, value in facts if value is not None}


async def kept_elsewhere(account_id: UUID) -> dict[str, Any]:
    """Ask every other service for all that it keeps of a person; one that is away is Unavailable."""
    path = f"/internal/accounts/{account_id}/everything"
    return {peer.name: await peer.get(path, on_behalf_of=account_id) for peer in (AUTH, REVIEW, NOTIFY)}


async def undecided(seals: Sequence[Asked]) -> set[UUID]:
    """Ask review which of these have no decision; review lets decisions that are under way end first."""
    items = [{"kind": seal.kind, "id": str(seal.id), "version": seal.version} for seal in seals]
    answer = await REVIEW.post("/internal/seals/unanswered", {"items": items})
    return {UUID(item["id"]) for item in answer["items"] if not item["decided"]}
