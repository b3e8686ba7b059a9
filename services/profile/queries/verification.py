"""Reads of what anybody may verify: that a number was approved, for whom by initial, and when."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from services.profile.models import Snapshot, Submission
from services.profile.queries.programmes import programme_named
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.programmes.shape import Mask


async def verified(session: Session, number: str) -> dict[str, Any]:
    """What a paper's number stands for: surname, programme, category and day, of approved submissions alone.

    404 for every other number, whether nobody has it or it is not approved: the two look the same.
    """
    wanted = (
        select(Submission, col(Snapshot.applicant_name))
        .join(
            Snapshot,
            (col(Snapshot.submission_id) == col(Submission.id)) & (col(Snapshot.version) == col(Submission.version)),
        )
        .where(col(Submission.number) == number, col(Submission.status) == "approved")
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
        "name": Mask.SURNAME.over(name),
        "programme": submission.programme,
        "title": programme.title.both(),
        "category": submission.category,
        "category_title": titles.get(submission.category or ""),
        "approved_on": approved_on,
    }
