"""One letter for all bad scans: told a while after the last of them, listing those that are still so."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.profile.models import ScanNotice
from services.profile.queries.bad_scans import BadScan, bad_scans
from services.profile.settings import settings
from shared.contracts.events import ScanItem, ScansNeedAttention
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.jobs import Work
from shared.kit.outbox import tell
from shared.kit.texts import translate

QUEUE = "profile.documents"


async def expect_notice(session: Session, account_id: UUID) -> None:
    """Let the account be told in a while; one that waits already waits anew from now."""
    due: Any = clock.now_sql() + timedelta(minutes=settings().scan_notice_minutes)
    await session.execute(
        insert(ScanNotice)
        .values(id=new_id(), queue=QUEUE, account_id=account_id, next_at=due)
        .on_conflict_do_update(
            index_elements=[col(ScanNotice.account_id)],
            index_where=text("status = 'queued'"),
            set_={"next_at": due, "enqueued_at": None},
        )
    )


async def tell_bad_scans(work: Work[ScanNotice]) -> None:
    """Tell of the scans that are still rejected or need a look; nothing where all were replaced meanwhile."""
    async with work.database.transaction() as session:
        await work.finish(session)
        found = await bad_scans(session, work.row.account_id)
        if found:
            tell(session, await _told(session, work.row, found))


async def _told(session: Session, notice: ScanNotice, found: Sequence[BadScan]) -> ScansNeedAttention:
    """The event; its programme is that of the first scan that a draft names."""
    return ScansNeedAttention(
        notice_id=notice.id,
        account_id=notice.account_id,
        programme=next((scan.programme for scan in found if scan.programme), None),
        scans=tuple(
            ScanItem(
                scan_id=scan.scan_id,
                status=scan.status,
                code=scan.code,
                sentence_zh=translate(scan.sentence, "zh"),
                sentence_en=translate(scan.sentence, "en"),
                section=scan.section,
                field=scan.field,
            )
            for scan in found
        ),
        noticed_at=await clock.now(session),
    )
