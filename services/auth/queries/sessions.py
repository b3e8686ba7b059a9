"""Reads sessions: those of an account that are alive."""

from datetime import timedelta

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from services.auth.models import LoginSession
from services.auth.rules import logins
from services.auth.schemas.entering import SessionShown, SessionsShown
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.kit.clock import now_sql
from shared.kit.database import Session


def alive() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions under which a session lives: not too old, and used not too long ago."""
    idle = timedelta(minutes=settings().idle_minutes)
    return col(LoginSession.ends_at) > now_sql(), col(LoginSession.seen_at) > now_sql() - idle


async def own_sessions(session: Session, caller: Caller) -> SessionsShown:
    """All sessions of the caller's account, the newest first."""
    found = await session.execute(
        select(LoginSession)
        .where(col(LoginSession.account_id) == caller.person, *alive())
        .order_by(col(LoginSession.id).desc())
    )
    return SessionsShown(items=[_shown(row, caller) for row in found.scalars()])


def _shown(row: LoginSession, caller: Caller) -> SessionShown:
    """One session as its owner sees it."""
    return SessionShown(
        session_id=row.id,
        created_at=row.made_at,
        last_seen_at=row.seen_at,
        expires_at=logins.expires_at(row.ends_at, row.seen_at, settings().idle_minutes),
        net=row.net,
        current=row.id == caller.session_id,
    )
