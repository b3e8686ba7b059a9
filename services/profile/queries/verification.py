"""Reads of what anybody may verify: that a number was approved, for whom by initial, and when."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from services.profile.models import Approval, Snapshot, Submission
from services.profile.queries.programmes import programme_named
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.programmes.shape import Mask


async def verified(session: Session, number: str) -> dict[str, Any]:
    """What a number stands for: surname, programme, category and day; of a submission's number, or a member's.

    A submission's holds while it is approved; a member's until the next approval gives another one, also while the
    case was returned for correction (category and number stay). 404 for every other number, whether nobody has it or
    it is not approved: the two look the same.
    """
    is_filed = (col(Submission.number) == number) & (col(Submission.status) == "approved")
    is_member = col(Submission.membership_number) == number
    newest = (
        select(func.max(col(Approval.version)))
        .where(col(Approval.submission_id) == col(Submission.id))
        .correlate(Submission)
        .scalar_subquery()
    )
    wanted = (
        select(Submission, col(Snapshot.applicant_name))
        .join(
            Snapshot,
            (col(Snapshot.submission_id) == col(Submission.id))
            & (col(Snapshot.version) == func.coalesce(newest, col(Submission.version))),
        )
        .where(is_filed | is_member)
    )
    row = (await session.execute(wanted)).first()
    if row is None:
        raise Missing
    submission, name = row
    programme = programme_named(submission.programme)
    titles = {known.category: known.title.both() for known in programme.categories}
    approved_on: date | None = submission.approved_on
    return {
        "number": number,
        "kind": "submission" if number == submission.number else "member",
        "name": Mask.SURNAME.over(name),
        "programme": submission.programme,
        "title": programme.title.both(),
        "category": submission.category,
        "category_title": titles.get(submission.category or ""),
        "approved_on": approved_on,
    }
