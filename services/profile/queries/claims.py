"""What a scan is to prove: the values of the draft's record that names it, and who the person says to be."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.profile.models import Entry, Profile
from services.profile.queries.drafts import opened
from shared.kit.database import Session
from shared.programmes.shape import Values


class Claims(NamedTuple):
    """The values of `basic`, and of the record that names a scan; empty where there are none."""

    basic: Values
    record: Values


async def claims_on(session: Session, account_id: UUID, scan_id: UUID) -> Claims:
    """What is declared now; of several drafts that name the scan the one changed last, of none its newest `basic`."""
    mine = select(col(Entry.id), col(Entry.profile_id), col(Entry.section), col(Entry.revision), col(Entry.content))
    mine = mine.join(Profile, col(Profile.id) == col(Entry.profile_id)).where(col(Profile.account_id) == account_id)
    newest = mine.order_by(col(Entry.updated_at).desc()).limit(1)
    naming = (await session.execute(newest.where(col(Entry.scans).op("?")(str(scan_id))))).first()
    basics = newest.where(col(Entry.section) == "basic")
    if naming is not None:
        basics = basics.where(col(Entry.profile_id) == naming.profile_id)
    basic = (await session.execute(basics)).first()
    rows = [row for row in (basic, naming) if row is not None]
    records = {record.entry_id: record.values for record in await opened(session, account_id, rows)}
    return Claims(records[basic.id] if basic else {}, records[naming.id] if naming else {})
