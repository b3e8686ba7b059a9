"""Reads of seals that wait for a decision."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from services.profile.models import ChangeRequest, Submission
from services.profile.rules.seals import Asked
from shared.kit import clock
from shared.kit.database import Session

MOST = 500


@dataclass(frozen=True, slots=True)
class Held:
    """A seal, and the moment that it was set."""

    asked: Asked
    sealed_at: datetime


async def unsettled(session: Session, age: timedelta) -> list[Held]:
    """Seals older than that for which no decision was heard, the oldest first."""
    versions: Select[*tuple[Any, ...]] = (
        select(col(Submission.id), col(Submission.sealed_version), col(Submission.sealed_at))
        .where(col(Submission.sealed_at) < clock.now_sql() - age, ~col(Submission.seal_settled))
        .order_by(col(Submission.sealed_at))
        .limit(MOST)
    )
    changes: Select[*tuple[Any, ...]] = (
        select(col(ChangeRequest.id), col(ChangeRequest.sealed_at))
        .where(col(ChangeRequest.sealed_at) < clock.now_sql() - age, col(ChangeRequest.status) == "waiting")
        .order_by(col(ChangeRequest.sealed_at))
        .limit(MOST)
    )
    return [
        *(Held(Asked("submission", row[0], row[1]), row[2]) for row in await session.execute(versions)),
        *(Held(Asked("change_request", row[0], 1), row[1]) for row in await session.execute(changes)),
    ]
