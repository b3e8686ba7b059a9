"""Keeps what a reviewer has chosen for the own desk."""

from sqlalchemy.dialects.postgresql import insert

from services.review.models import OwnDesk
from services.review.queries import OWN_DESK
from services.review.schemas import Choices
from shared.contracts.identity import Caller
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.vault import vault


async def put_choices(session: Session, caller: Caller, body: Choices) -> Choices:
    """Let these be the caller's saved filters, columns and keys; what was there before is replaced."""
    row = {"choices": vault().wrap(body.model_dump_json(), OWN_DESK), "changed_at": clock.now_sql()}
    new = insert(OwnDesk).values(account_id=caller.person, organization_id=caller.organization, **row)
    await session.execute(new.on_conflict_do_update(index_elements=["account_id", "organization_id"], set_=row))
    return body
