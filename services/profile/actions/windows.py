"""Administrators set when a programme takes filings, and give single accounts a window of their own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.profile.models import Window, WindowExtension
from services.profile.queries.programmes import programme_named
from services.profile.rules.filing import Span
from shared.contracts.identity import Caller
from shared.contracts.refusals import Forbidden
from shared.kit import audit
from shared.kit.database import Session


def check_administrator(caller: Caller) -> None:
    """Refuse everyone but administrators."""
    if "administrator" not in caller.roles or caller.account_id is None:
        raise Forbidden


async def set_window(session: Session, caller: Caller, slug: str, window: Span | None) -> dict[str, Any]:
    """Set a programme's window, or take it away (filings are then always taken); gives it."""
    programme_named(slug)
    if window is None:
        await session.execute(delete(Window).where(col(Window.programme) == slug))
    else:
        columns = _columns(window)
        fresh = insert(Window).values(programme=slug, **columns)
        await session.execute(fresh.on_conflict_do_update(index_elements=[col(Window.programme)], set_=columns))
    await audit.note(session, caller, "window_set", "programme", slug, programme=slug, **_said(window))
    return {"programme": slug, "window": _columns(window) if window else None}


async def extend_window(
    session: Session, caller: Caller, slug: str, account_id: UUID, window: Span | None
) -> dict[str, Any]:
    """Give one account a window of its own, which stands for the programme's, or take it away; gives it."""
    programme_named(slug)
    mine = (col(WindowExtension.programme) == slug) & (col(WindowExtension.account_id) == account_id)
    if window is None:
        await session.execute(delete(WindowExtension).where(mine))
    else:
        columns = _columns(window)
        fresh = insert(WindowExtension).values(programme=slug, account_id=account_id, **columns)
        keys = [col(WindowExtension.programme), col(WindowExtension.account_id)]
        await session.execute(fresh.on_conflict_do_update(index_elements=keys, set_=columns))
    await audit.note(session, caller, "window_extended", "account", account_id, programme=slug, **_said(window))
    return {"programme": slug, "account_id": str(account_id), "window": _columns(window) if window else None}


def _columns(window: Span) -> dict[str, datetime | None]:
    """A window's two sides."""
    return {"opens_at": window.opens_at, "closes_at": window.closes_at}


def _said(window: Span | None) -> dict[str, str | None]:
    """A window as the audit trail says it; none: it was taken away."""
    sides = _columns(window) if window else {}
    return {side: at.isoformat() if at else None for side, at in sides.items()}
