"""Programmes as the API shows them, each with its window."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Row, Select, select
from sqlmodel import col

from services.profile.models import Account, Window, WindowExtension
from services.profile.rules.filing import Span, binding
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Programme, Section


def programme_named(slug: str) -> Programme:
    """The programme of that name; 404 where there is none."""
    found = PROGRAMMES.get(slug)
    if found is None:
        raise Missing
    return found


def section_named(programme: Programme, name: str, *, repeated: bool) -> Section:
    """The section of that name, single or repeated as asked; 404 otherwise."""
    found = next((section for section in programme.sections if section.section == name), None)
    if found is None or found.repeated is not repeated:
        raise Missing
    return found


async def programmes(session: Session) -> bytes:
    """Every programme, as JSON."""
    windows = {row.programme: row for row in await session.execute(_windows())}
    items = b",".join(_written(slug, windows.get(slug)) for slug in sorted(PROGRAMMES))
    return b'{"items":[' + items + b'],"next_cursor":null}'


async def programme(session: Session, slug: str) -> bytes:
    """One programme, as JSON."""
    programme_named(slug)
    return _written(slug, (await session.execute(_windows().where(col(Window.programme) == slug))).first())


def _windows() -> Select[*tuple[Any, ...]]:
    """The programmes' windows."""
    return select(col(Window.programme), col(Window.opens_at), col(Window.closes_at))


def _written(slug: str, window: Row[*tuple[Any, ...]] | None) -> bytes:
    """A programme in the shape of the API: what never changes was written once, its window is put in."""
    return _described(slug) + b',"window":' + orjson.dumps(window_shown(window)) + b"}"


@cache
def _described(slug: str) -> bytes:
    """All of a programme but its window, in both languages: it stays as it is while the process lives."""
    return orjson.dumps(programme_named(slug).describe())[:-1]


async def windows(session: Session, slug: str) -> dict[str, Any]:
    """A programme's window, and those of single accounts, by name."""
    programme_named(slug)
    own = (
        select(WindowExtension, col(Account.name))
        .outerjoin(Account, col(Account.id) == col(WindowExtension.account_id))
        .where(col(WindowExtension.programme) == slug)
        .order_by(col(Account.name), col(WindowExtension.account_id))
    )
    found = (await session.execute(_windows().where(col(Window.programme) == slug))).first()
    return {
        "programme": slug,
        "window": window_shown(found),
        "extensions": [
            {
                "account_id": str(row.WindowExtension.account_id),
                "name": row.name,
                "opens_at": row.WindowExtension.opens_at,
                "closes_at": row.WindowExtension.closes_at,
            }
            for row in await session.execute(own)
        ],
    }


def window_shown(window: Window | WindowExtension | Row[*tuple[Any, ...]] | None) -> dict[str, Any] | None:
    """A window as the API shows it; none: filings are always taken."""
    return {"opens_at": window.opens_at, "closes_at": window.closes_at} if window else None


async def window_of(session: Session, slug: str, account_id: UUID, at: datetime) -> Span | None:
    """The window that binds an account at that moment: the programme's, or its own where that gives more time."""
    window, own = await session.get(Window, slug), await session.get(WindowExtension, (slug, account_id))
    return binding(_span(window), _span(own), at)


def _span(window: Window | WindowExtension | None) -> Span | None:
    """A window as the law takes it."""
    return Span(window.opens_at, window.closes_at) if window else None
