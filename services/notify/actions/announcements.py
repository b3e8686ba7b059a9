"""Announcements are made, changed, withdrawn and deleted by administrators."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from services.notify.actions.attachments import drop, name_attachments
from services.notify.actions.mailing import arrange_mailing, stop_mailing
from services.notify.models import Announcement, Attachment
from services.notify.queries.deliveries import require_administrator
from services.notify.queries.managed import managed
from services.notify.schemas import Amend, Announce, AnnouncementManaged
from shared.contracts.identity import Caller
from shared.contracts.refusals import Changed, Fault, Invalid, Missing
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.programmes.catalogue import PROGRAMMES

KIND = "announcement"
PARTS = {"attachments", "mail"}
"""What of a body is kept in other tables."""


async def announce(session: Session, caller: Caller, body: Announce) -> AnnouncementManaged:
    """Publish an announcement, now or at its time.

    In order: its row; its attachments; the mailing, where one is wanted; a note in the audit trail.
    """
    require_administrator(caller)
    now, announcement_id = await clock.now(session), new_id()
    said = body.model_dump(exclude=PARTS) | {"publish_at": body.publish_at or now}
    _check(said, is_withdrawn=False)
    row = {"id": announcement_id, "made_by": caller.person, "made_at": now, "changed_at": now, **said}
    await session.execute(insert(Announcement).values(row))
    await name_attachments(session, announcement_id, body.attachments)
    if body.mail:
        await arrange_mailing(session, announcement_id, said["publish_at"], now)
    await audit.note(
        session, caller, "announcement_made", KIND, announcement_id, programme=body.programme, mail=body.mail
    )
    return await managed(session, caller, announcement_id)


async def change_announcement(
    session: Session, caller: Caller, announcement_id: UUID, body: Amend, seen: int | None
) -> AnnouncementManaged:
    """Change what is given of an announcement; refused as Changed where somebody else was faster.

    A mailing that waits for a publication that moved moves with it; one of what is now withdrawn is stopped.
    """
    row = await _locked(session, caller, announcement_id, seen)
    now = await clock.now(session)
    said = body.model_dump(exclude_unset=True, exclude=PARTS)
    if "publish_at" in said:
        said["publish_at"] = said["publish_at"] or now
    is_withdrawn = _is_withdrawn({**row.model_dump(include={"withdraw_at"}), **said}, now)
    _check({**row.model_dump(include={"programme", "publish_at", "withdraw_at"}), **said}, is_withdrawn=is_withdrawn)
    await _write(session, row, said)
    if "attachments" in body.model_fields_set:
        await name_attachments(session, announcement_id, body.attachments)
    wants = body.mail if "mail" in body.model_fields_set else None
    if is_withdrawn or wants is False:
        await stop_mailing(session, announcement_id)
    else:
        publish_at = said.get("publish_at", row.publish_at)
        await arrange_mailing(session, announcement_id, publish_at, now, only_move=wants is None)
    changed = sorted(body.model_fields_set)
    await audit.note(
        session, caller, "announcement_changed", KIND, announcement_id, programme=row.programme, fields=changed
    )
    return await managed(session, caller, announcement_id)


async def withdraw_announcement(session: Session, caller: Caller, announcement_id: UUID) -> AnnouncementManaged:
    """Take an announcement down now, and stop what of its mailing has not left; done again it changes nothing."""
    row = await _locked(session, caller, announcement_id, None)
    now = await clock.now(session)
    if not _is_withdrawn(row.model_dump(include={"withdraw_at"}), now):
        await _write(session, row, {"withdraw_at": now})
        await stop_mailing(session, announcement_id)
        await audit.note(session, caller, "announcement_withdrawn", KIND, announcement_id, programme=row.programme)
    return await managed(session, caller, announcement_id)


async def delete_announcement(session: Session, caller: Caller, announcement_id: UUID, seen: int | None) -> list[UUID]:
    """Delete an announcement; gives its attachments, whose files are to be dropped once this has committed."""
    row = await _locked(session, caller, announcement_id, seen)
    await stop_mailing(session, announcement_id)
    dropped = await drop(session, col(Attachment.announcement_id) == announcement_id)
    await session.execute(delete(Announcement).where(col(Announcement.id) == announcement_id))
    await audit.note(session, caller, "announcement_deleted", KIND, announcement_id, programme=row.programme)
    return dropped


async def _locked(session: Session, caller: Caller, announcement_id: UUID, seen: int | None) -> Announcement:
    """The announcement, held until the transaction's end, where it is still as the caller saw it."""
    require_administrator(caller)
    asked = select(Announcement).where(col(Announcement.id) == announcement_id).with_for_update()
    row = (await session.execute(asked)).scalar_one_or_none()
    if row is None:
        raise Missing
    if seen is not None and seen != row.revision:
        raise Changed
    return row


async def _write(session: Session, row: Announcement, said: dict[str, Any]) -> None:
    """The next revision."""
    await session.execute(
        update(Announcement)
        .where(col(Announcement.id) == row.id)
        .values(**said, revision=col(Announcement.revision) + 1, changed_at=clock.now_sql())
    )


def _is_withdrawn(said: dict[str, Any], now: datetime) -> bool:
    """Whether its withdrawal lies behind."""
    return said["withdraw_at"] is not None and said["withdraw_at"] <= now


def _check(said: dict[str, Any], *, is_withdrawn: bool) -> None:
    """Refuse a programme that is none, and a withdrawal before the publication unless it is one at once."""
    faults = []
    if said["programme"] is not None and said["programme"] not in PROGRAMMES:
        faults.append(Fault("unknown_programme", _("没有这个申报项目。"), field="programme"))
    if said["withdraw_at"] is not None and said["withdraw_at"] <= said["publish_at"] and not is_withdrawn:
        faults.append(Fault("withdrawn_too_early", _("撤下时间须晚于发布时间。"), field="withdraw_at"))
    if faults:
        raise Invalid(faults=faults)
