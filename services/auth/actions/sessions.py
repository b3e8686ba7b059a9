"""Sessions: opened at login, resolved for the gateway, ended at once (architecture law 14)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, true, update
from sqlmodel import col

from services.auth.actions.tokens import new_token
from services.auth.models import Account, LoginSession
from services.auth.queries import sessions
from services.auth.queries.passkeys import must_add_passkey
from services.auth.rules import logins
from services.auth.rules.limits import net_of
from services.auth.schemas.entering import Resolved
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing, Unauthenticated
from shared.kit import audit
from shared.kit.clock import now_sql
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.vault import vault

Ended = Sequence[str]
"""SHA-256 of the tokens of sessions that an action ended: they are buried once it has committed."""


class Opened(NamedTuple):
    """A new session: the clear token, and when it ends in any case."""

    token: str
    ends_at: datetime


async def open_session(session: Session, caller: Caller, account: Account, passkey_id: UUID | None = None) -> Opened:
    """Open a session for the account, by a passkey or without; the token is given out this once."""
    token = new_token()
    made = await session.execute(
        insert(LoginSession)
        .values(
            id=new_id(),
            token_sha256=token.sha256,
            account_id=account.id,
            net=net_of(caller.address),
            passkey_id=passkey_id,
            ends_at=now_sql() + timedelta(hours=settings().session_hours),
        )
        .returning(col(LoginSession.ends_at))
    )
    return Opened(token.clear, made.scalar_one())


async def resolve(session: Session, token_sha256: str) -> Resolved:
    """Whose session that is, and note that it was used; refused as Missing when it is over or never was."""
    found = await session.execute(
        select(LoginSession, Account, now_sql())
        .join(Account, col(Account.id) == col(LoginSession.account_id))
        .where(col(LoginSession.token_sha256) == token_sha256, *sessions.alive(), col(Account.disabled_at).is_(None))
    )
    row = found.first()
    if row is None:
        raise Missing
    mine, account, now = row
    await session.execute(
        update(LoginSession).where(col(LoginSession.id) == mine.id, col(LoginSession.seen_at) < now).values(seen_at=now)
    )
    return Resolved(
        session_id=mine.id,
        account_id=account.id,
        roles=account.roles,
        organization_id=account.organization_id,
        must_change_password=account.must_change_password,
        must_add_passkey=await must_add_passkey(session, account),
        language=account.language,
        expires_at=logins.expires_at(mine.ends_at, now, settings().idle_minutes),
        csrf=vault().index(str(mine.id), "csrf"),
    )


async def end_current(session: Session, caller: Caller) -> Ended:
    """End the session that asks."""
    if caller.session_id is None:
        raise Unauthenticated
    await audit.note(session, caller, "logged_out", "account", caller.person)
    return await _end(session, caller.person, col(LoginSession.id) == caller.session_id)


async def end_one(session: Session, caller: Caller, session_id: UUID) -> Ended:
    """End one of one's own sessions; another's is Missing."""
    ended = await _end(session, caller.person, col(LoginSession.id) == session_id)
    if not ended:
        raise Missing
    await audit.note(session, caller, "session_ended", "account", caller.person)
    return ended


async def end_all(session: Session, account_id: UUID, but: UUID | None = None) -> Ended:
    """End every session of the account, but for one that goes on."""
    return await _end(session, account_id, col(LoginSession.id) != but if but else true())


async def end_those_of_passkey(session: Session, passkey_id: UUID) -> Ended:
    """End every session that the passkey opened."""
    ended = await session.execute(
        delete(LoginSession).where(col(LoginSession.passkey_id) == passkey_id).returning(col(LoginSession.token_sha256))
    )
    return ended.scalars().all()


async def tokens_of(session: Session, account_id: UUID) -> Ended:
    """SHA-256 of the tokens of all sessions of the account, for whom the gateway must ask again."""
    found = await session.execute(
        select(col(LoginSession.token_sha256)).where(col(LoginSession.account_id) == account_id)
    )
    return found.scalars().all()


async def _end(session: Session, account_id: UUID, which: ColumnElement[bool]) -> Ended:
    """Delete sessions of the account."""
    ended = await session.execute(
        delete(LoginSession)
        .where(col(LoginSession.account_id) == account_id, which)
        .returning(col(LoginSession.token_sha256))
    )
    return ended.scalars().all()
