"""Administrators see a masked value whole: for a reason, noted for good, and seen by whom it concerns."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import insert, select
from sqlmodel import col

from services.profile.actions.windows import check_administrator
from services.profile.models import Access, Profile
from services.profile.queries import drafts
from services.profile.queries.drafts import Draft
from services.profile.rules.reveals import key_of
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit import audit, clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.vault import Json as Sealable, vault
from shared.programmes.catalogue import PROGRAMMES


async def reveal(session: Session, caller: Caller, account_id: UUID, asked: str, reason: str) -> dict[str, Any]:
    """Give the whole values of one field of an account's drafts.

    1. Only fields that are shown masked may be asked for (422 `field_not_revealable`); 404 for no such applicant.
    2. Each profile that held a value gets an access that its owner can see, with the reason.
    3. The audit trail keeps who asked for which field of whom, and why; never the value.
    """
    check_administrator(caller)
    key = key_of(PROGRAMMES.values(), asked)
    wanted = select(col(Profile.programme)).where(col(Profile.account_id) == account_id).order_by(col(Profile.id))
    slugs = list((await session.execute(wanted)).scalars())
    if not slugs:
        raise Missing
    values: list[dict[str, Any]] = []
    for slug in slugs:
        draft = await drafts.own(session, account_id, slug)
        found = await _values(session, draft, key) if draft else []
        if draft and found:
            await _note_access(session, caller, draft, key, reason)
        values += found
    reveal_id = await audit.note(session, caller, "value_revealed", "account", account_id, reason=reason, field=key)
    at = await clock.now(session)
    head = {"reveal_id": str(reveal_id), "account_id": str(account_id), "field": key}
    return {**head, "values": values, "revealed_at": at}


async def _values(session: Session, draft: Draft, key: str) -> list[dict[str, Any]]:
    """Every value of the field in one draft."""
    section, _dot, field = key.partition(".")
    single = {part.section for part in draft.programme.sections if not part.repeated}
    return [
        {
            "programme": draft.programme.programme,
            "section": section,
            "entry_id": None if section in single else str(record.entry_id),
            "value": record.values[field],
        }
        for record in await drafts.records(session, draft)
        if record.section == section and field in record.values
    ]


async def _note_access(session: Session, caller: Caller, draft: Draft, key: str, reason: str) -> None:
    """Note for the owner who saw the value, and why."""
    access_id = new_id()
    sealed = await vault().seal(
        session, draft.account_id, cast("Sealable", reason), table="access", column="reason", row_id=access_id
    )
    await session.execute(
        insert(Access).values(
            id=access_id,
            submission_id=draft.submission_id,
            kind="reveal",
            reviewer_id=caller.person,
            field=key,
            reason=sealed,
            opened_at=clock.now_sql(),
        )
    )
