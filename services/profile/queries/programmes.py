"""Programmes as the API shows them, each with its window."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.profile.models import Window, WindowExtension
from services.profile.rules.filing import Span
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


async def programmes(session: Session) -> dict[str, Any]:
    """Every programme."""
    windows = {window.programme: window for window in (await session.execute(select(Window))).scalars()}
    return {
        "items": [shown(found, windows.get(slug)) for slug, found in sorted(PROGRAMMES.items())],
        "next_cursor": None,
    }


async def programme(session: Session, slug: str) -> dict[str, Any]:
    """One programme."""
    found = programme_named(slug)
    return shown(found, await session.get(Window, slug))


def shown(programme: Programme, window: Window | None) -> dict[str, Any]:
    """The shape of the API."""
    described: Mapping[str, Any] = programme.describe()
    return {**described, "window": window_shown(window)}


def window_shown(window: Window | WindowExtension | None) -> dict[str, Any] | None:
    """A window as the API shows it; none: filings are always taken."""
    return {"opens_at": window.opens_at, "closes_at": window.closes_at} if window else None


async def window_of(session: Session, slug: str, account_id: UUID) -> Span | None:
    """The window that binds an account: its own where it was given one, else the programme's."""
    window: WindowExtension | Window | None = await session.get(WindowExtension, (slug, account_id))
    window = window or await session.get(Window, slug)
    return Span(window.opens_at, window.closes_at) if window else None
