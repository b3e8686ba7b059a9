"""Keeps the phrases that the reviewers of an organization share."""

from sqlalchemy.dialects.postgresql import insert

from services.review.models import PhraseBook
from services.review.queries import phrases_of
from services.review.schemas import Phrases, PutPhrases
from shared.contracts.identity import Caller
from shared.kit import clock
from shared.kit.database import Session


async def put_phrases(session: Session, caller: Caller, body: PutPhrases) -> Phrases:
    """Let these be the phrases of the caller's organization; what was there before is replaced."""
    row = {"phrases": body.phrases, "changed_at": clock.now_sql(), "changed_by": caller.person}
    new = insert(PhraseBook).values(organization_id=caller.organization, **row)
    await session.execute(new.on_conflict_do_update(index_elements=["organization_id"], set_=row))
    return await phrases_of(session, caller)
