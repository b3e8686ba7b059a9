"""Jobs named in a transaction leave for Celery when it has committed, and not before (law 1)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

Sender = Callable[[str, str, UUID], None]

_WAITING = "juxian.jobs"
_sender: list[Sender] = []
log = structlog.get_logger(__name__)


def send_by(sender: Sender | None) -> None:
    """Lay down how a process sends jobs: `sender(task, queue, row_id)`; None: rows wait for the sweeper."""
    _sender[:] = [] if sender is None else [sender]


def after_commit(session: AsyncSession, task: str, queue: str, row_id: UUID) -> None:
    """Send the job once the session's transaction has committed."""
    session.info.setdefault(_WAITING, []).append((task, queue, row_id))


def flush(session: AsyncSession) -> None:
    """Send what the committed transaction named. A broker that is away loses nothing: the sweeper sends again."""
    waiting: list[tuple[Any, ...]] = session.info.pop(_WAITING, [])
    for task, queue, row_id in waiting if _sender else ():
        try:
            _sender[0](task, queue, row_id)
        except Exception as error:  # noqa: BLE001 - whatever the broker's client raises, the row is kept
            log.warning("job_not_sent", task=task, queue=queue, error=type(error).__name__)
            return
