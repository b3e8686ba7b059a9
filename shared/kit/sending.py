"""Sends jobs to Celery from a thread of its own, so that a slow broker never holds a request up."""

import queue
import threading
from uuid import UUID

import structlog
from kombu.exceptions import OperationalError

from shared.kit import celery, dispatch
from shared.kit.lanes import lane_of

WAITING = 2000
CROWDED = 200
log = structlog.get_logger(__name__)

Message = tuple[str, str, UUID]


class Sender(threading.Thread):
    """Takes messages from a bounded queue; what finds no room, or no broker, is left to the sweeper."""

    def __init__(self, redis_url: str) -> None:
        """Keep where the broker is; nothing is connected yet."""
        super().__init__(name="job-sender", daemon=True)
        self.app = celery.application(redis_url)
        self.waiting: queue.Queue[Message] = queue.Queue(WAITING)

    def put(self, task: str, name: str, row_id: UUID) -> None:
        """Hand a message over without waiting."""
        try:
            self.waiting.put_nowait((task, name, row_id))
        except queue.Full:
            log.warning("jobs_left_to_the_sweeper", queue=name)

    def run(self) -> None:
        """Send one message after the other."""
        while True:
            task, name, row_id = self.waiting.get()
            try:
                self._send(task, name, row_id)
            except (OperationalError, OSError) as error:
                log.warning("job_not_sent", task=task, queue=name, error=type(error).__name__)

    def _send(self, task: str, name: str, row_id: UUID) -> None:
        """Send one message, unless its queue is crowded: then the sweeper sends it when there is room."""
        lane = lane_of(name)
        with self.app.producer_pool.acquire(block=True) as producer:
            if producer.channel.client.llen(lane.key) < CROWDED:
                given = {"queue": lane.queue, "priority": lane.priority, "producer": producer, "retry": False}
                self.app.send_task(task, args=[str(row_id)], **given)


def start(redis_url: str) -> None:
    """Let this process send jobs."""
    sender = Sender(redis_url)
    sender.start()
    dispatch.send_by(sender.put)
