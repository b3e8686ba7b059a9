"""What follows a commit and nothing before it (law 1): jobs leave for Celery, and the relay hears that events wait."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

Sender = Callable[[str, str, UUID], None]
Ringer = Callable[[str], None]

_WAITING = "juxian.jobs"
_TOLD = "juxian.told"
_sender: list[Sender] = []
_ringer: list[Ringer] = []
log = structlog.get_logger(__name__)


def send_by(sender: Sender | None) -> None:
    """Lay down how a process sends jobs: `sender(task, queue, row_id)`; None: rows wait for the sweeper."""
    _sender[:] = [] if sender is None else [sender]


def ring_by(ringer: Ringer | None) -> None:
    """Lay down how a process wakes relays: `ringer(channel)`; None: they look by themselves, five times a second."""
    _ringer[:] = [] if ringer is None else [ringer]


def told(session: AsyncSession) -> None:
    """Wake the relay once the session's transaction has committed."""
    session.info[_TOLD] = True


def bell_of(url: str | URL) -> str:
    """The channel on which the relay of that database listens."""
    return f"ring:{make_url(url).database}"


def after_commit(session: AsyncSession, task: str, queue: str, row_id: UUID) -> None:
    """Send the job once the session's transaction has committed."""
    session.info.setdefault(_WAITING, []).append((task, queue, row_id))


def flush(session: AsyncSession) -> None:
    """Send what the committed transaction named. A broker that is away loses nothing: sweeper and relay look again."""
    if session.info.pop(_TOLD, False) and _ringer and isinstance(session.bind, AsyncEngine):
        _ringer[0](bell_of(session.bind.url))
    waiting: list[tuple[Any, ...]] = session.info.pop(_WAITING, [])
    for task, queue, row_id in waiting if _sender else ():
        try:
            _sender[0](task, queue, row_id)
        except Exception as error:  # noqa: BLE001 - whatever the broker's client raises, the row is kept
            log.warning("job_not_sent", task=task, queue=queue, error=type(error).__name__)
            return
