"""Links in letters that set a password: 256 random bits, kept as SHA-256, good once (quality 6.4)."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update
from sqlmodel import col

from services.auth.actions.passwords import Owner, owner
from services.auth.actions.telling import Link
from services.auth.actions.tokens import digest, new_token
from services.auth.models import Account, PasswordLink
from shared.contracts.refusals import Gone
from shared.contracts.texts import _
from shared.kit.clock import now_sql
from shared.kit.database import Session
from shared.kit.ids import new_id

OPENING = ("reset", "invitation")
"""The purposes of links that open something; the other rows only stand for what was asked."""


class LinkDead(Gone):
    """The link was used, is too old, was replaced by a newer one, or never was (410)."""

    code = "reset_link_dead"
    sentence = _("该链接已失效，请重新申请。")


async def make_link(session: Session, account: Account | None, purpose: str, lasts: timedelta) -> Link:
    """Make a link, tied to the account's password and address; older ones of the account open nothing any more."""
    token, nobody = new_token(), new_id()
    await session.execute(
        update(PasswordLink)
        .where(col(PasswordLink.account_id) == (account.id if account and purpose in OPENING else nobody), *_unspent())
        .values(voided_at=now_sql())
    )
    made = await session.execute(
        insert(PasswordLink)
        .values(
            id=new_id(),
            purpose=purpose,
            account_id=account.id if account else None,
            token_sha256=token.sha256,
            password_version=account.password_version if account else 0,
            email_index=account.email_index if account else "",
            expires_at=now_sql() + lasts,
        )
        .returning(col(PasswordLink.expires_at))
    )
    expires_at: datetime = made.scalar_one()
    return Link(token.clear, expires_at)


async def link_owner(session: Session, token: str) -> Owner:
    """Whose password a link sets; refused as LinkDead where it opens nothing."""
    found = await session.execute(
        select(col(PasswordLink.account_id)).where(col(PasswordLink.token_sha256) == digest(token), *_unspent())
    )
    account_id: UUID | None = found.scalar_one_or_none()
    if account_id is None:
        raise LinkDead
    return await owner(session, account_id)


async def spend(session: Session, token: str) -> str:
    """Spend the link, and say what it was for; refused as LinkDead.

    Of many who come with the same link at once, one row update lets exactly one through.
    """
    spent = await session.execute(
        update(PasswordLink)
        .where(
            col(PasswordLink.token_sha256) == digest(token),
            col(PasswordLink.account_id) == col(Account.id),
            col(PasswordLink.password_version) == col(Account.password_version),
            col(PasswordLink.email_index) == col(Account.email_index),
            col(Account.disabled_at).is_(None),
            *_unspent(),
        )
        .values(used_at=now_sql())
        .returning(col(PasswordLink.purpose))
    )
    purpose: str | None = spent.scalar_one_or_none()
    if purpose is None:
        raise LinkDead
    return purpose


def _unspent() -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a link may still open something."""
    return (
        col(PasswordLink.purpose).in_(OPENING),
        col(PasswordLink.used_at).is_(None),
        col(PasswordLink.voided_at).is_(None),
        col(PasswordLink.expires_at) > now_sql(),
    )
