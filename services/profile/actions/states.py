"""The one function that moves the state of a submission (law 3)."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col

from services.profile.models import Submission
from services.profile.queries.drafts import Draft
from services.profile.rules.drafts import Status
from services.profile.rules.states import can_follow
from shared.kit.database import Session


class ImpossibleMoveError(Exception):
    """A submission was to go from one state to another that can never follow it."""


async def move(session: Session, draft: Draft, to: Status, **columns: Any) -> None:  # noqa: ANN401 - any column's value
    """Move a submission, locked by the caller, to a state.

    What follows, in this order:
    1. the law is asked whether the state may follow the present one (ImpossibleMoveError otherwise);
    2. a seal ends with the version that it held: whatever moves the state or the version frees it;
    3. remarks and the days for filing again belong to a return: any other move clears them;
    4. what the move brings with it is written in the same statement (version, round, number, category …).

    Who calls it: filing (`in_review`), withdrawing (`withdrawn`), and what is heard from review: a return
    (`returned`), an approval (`approved`), an approved change (`approved` again, one version later).
    The event that tells of the move, and the progress of its tiers, are the caller's.
    """
    if not can_follow(draft.standing.status, to):
        message = f"{draft.standing.status} -> {to}"
        raise ImpossibleMoveError(message)
    cleared: dict[str, Any] = {
        "sealed_version": None,
        "sealed_at": None,
        "seal_settled": False,
        "remarks": [],
        "file_again_until": None,
    }
    await session.execute(
        update(Submission).where(col(Submission.id) == draft.submission_id).values({"status": to, **cleared, **columns})
    )
