"""Counters in PostgreSQL: they hold when Redis comes back empty (quality 6.2)."""

import hashlib

from sqlalchemy import func, insert, select
from sqlmodel import col

from services.auth.models import Attempt
from services.auth.rules import limits
from services.auth.rules.limits import Limit
from services.auth.settings import settings
from shared.contracts.refusals import TooMany
from shared.kit.clock import now_sql
from shared.kit.database import Session


def key_of(text: str) -> str:
    """The key that a submitted name is counted under, however long it is."""
    return hashlib.sha256(text.encode()).hexdigest()


async def wait_for(session: Session, limit: Limit, key: str) -> int:
    """Seconds until one more of that kind is allowed; 0 when it is allowed now."""
    most = limits.allowance(limit, limits=settings().limits, captcha=settings().captcha)
    if most is None:
        return 0
    counted = (
        select(col(Attempt.at), now_sql())
        .where(col(Attempt.kind) == limit.kind, col(Attempt.key) == key, col(Attempt.at) > now_sql() - limit.within)
        .order_by(col(Attempt.at).desc())
        .offset(most - 1)
        .limit(1)
    )
    row = (await session.execute(counted)).first()
    return 0 if row is None else limits.wait(limit, row[0], row[1])


async def demand(session: Session, limit: Limit, key: str) -> None:
    """Refuse with `too_many_requests` where one more is not allowed."""
    seconds = await wait_for(session, limit, key)
    if seconds:
        raise TooMany(retry_after=seconds)


async def count(session: Session, *counted: tuple[Limit, str]) -> None:
    """Count one of each kind."""
    rows = [{"kind": limit.kind, "key": key} for limit, key in counted]
    await session.execute(insert(Attempt), rows)


async def hold(session: Session, limit: Limit, key: str) -> None:
    """Let nobody else judge the same key until this transaction ends, so that the last allowed one is one alone."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"{limit.kind}:{key}", 0))))
