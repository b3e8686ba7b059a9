"""Notices for the safety of an account: each kind once a day at most (quality 5 A4, 6.3)."""

from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.auth.models import Account, Notice, PasswordLink
from shared.contracts.events import SecurityNoticed
from shared.kit import clock
from shared.kit.clock import now_sql
from shared.kit.database import Database, Session
from shared.kit.outbox import tell

Kind = Literal["address_used_again", "reset_attempts"]


async def notice(session: Session, account: Account, kind: Kind) -> None:
    """Tell `SecurityNoticed`, unless the owner was told the same today."""
    made = await session.execute(
        insert(Notice)
        .values(account_id=account.id, kind=kind, on_day=await clock.today(session))
        .on_conflict_do_nothing()
        .returning(col(Notice.account_id))
    )
    if made.first() is not None:
        tell(session, SecurityNoticed(account_id=account.id, kind=kind, noticed_at=await clock.now(session)))


async def notice_reset_attempts(database: Database) -> None:
    """Tell the owners of accounts whose name was tried with a wrong address.

    Done afterwards and not in the answer, which would take longer for names that exist.
    """
    await database.act(_notice_reset_attempts)


async def _notice_reset_attempts(session: Session) -> None:
    """Every account that was tried since the last round; each try is looked at once."""
    looked_at = await session.execute(
        update(PasswordLink)
        .where(col(PasswordLink.purpose) == "mismatch", col(PasswordLink.voided_at).is_(None))
        .values(voided_at=now_sql())
        .returning(col(PasswordLink.account_id))
    )
    tried = {account_id for account_id in looked_at.scalars() if account_id is not None}
    found = await session.execute(select(Account).where(col(Account.id).in_(tried)))
    for account in found.scalars():
        await notice(session, account, "reset_attempts")
