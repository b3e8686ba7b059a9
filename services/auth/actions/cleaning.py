"""Throws away what is over: sessions, links, captchas, old counters."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col

from services.auth.models import Attempt, Captcha, EmailChange, LoginSession, Notice, PasskeyChallenge, PasswordLink
from services.auth.rules import limits
from services.auth.settings import settings
from shared.kit import clock
from shared.kit.clock import now_sql
from shared.kit.database import Database, Session

KEPT = timedelta(days=30)
"""What links and notices are kept for: somebody may ask who asked for them."""


async def clean(database: Database) -> None:
    """Throw away what nobody will ask for again."""
    await database.act(_clean)


async def _clean(session: Session) -> None:
    """All of it in one transaction; each delete goes by an index."""
    idle = timedelta(minutes=settings().idle_minutes)
    await session.execute(delete(LoginSession).where(col(LoginSession.ends_at) < now_sql()))
    await session.execute(delete(LoginSession).where(col(LoginSession.seen_at) < now_sql() - idle))
    await session.execute(delete(Attempt).where(col(Attempt.at) < now_sql() - limits.LONGEST))
    await session.execute(delete(Captcha).where(col(Captcha.ends_at) < now_sql()))
    await session.execute(delete(PasskeyChallenge).where(col(PasskeyChallenge.ends_at) < now_sql()))
    await session.execute(delete(PasswordLink).where(col(PasswordLink.expires_at) < now_sql() - KEPT))
    await session.execute(delete(EmailChange).where(col(EmailChange.expires_at) < now_sql() - KEPT))
    await session.execute(delete(Notice).where(col(Notice.on_day) < await clock.today(session) - KEPT))
