"""Sends jobs to Celery, and rings for relays, from a thread of its own: a slow broker never holds a request up."""

import contextlib
import queue
import threading
from uuid import UUID

import structlog
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from shared.kit import celery, dispatch
from shared.kit.lanes import lane_of

WAITING = 2000
CROWDED = 200
log = structlog.get_logger(__name__)

Message = tuple[str, str, UUID] | str
"""A task, its queue and its row; or the channel of a relay that is to be woken."""


class Sender(threading.Thread):
    """Takes messages from a bounded queue; what finds no room, or no broker, is left to the sweeper."""

    def __init__(self, redis_url: str) -> None:
        """Keep where the broker is; nothing is connected yet."""
        super().__init__(name="job-sender", daemon=True)
        self.app = celery.application(redis_url)
        self.waiting: queue.Queue[Message] = queue.Queue(WAITING)
        self.rings: set[str] = set()

    def put(self, task: str, name: str, row_id: UUID) -> None:
        """Hand a message over without waiting."""
        try:
            self.waiting.put_nowait((task, name, row_id))
        except queue.Full:
            log.warning("jobs_left_to_the_sweeper", queue=name)

    def ring(self, channel: str) -> None:
        """Wake a relay without waiting; one ring is enough for all that was told until it is heard."""
        if channel not in self.rings:
            self.rings.add(channel)
            with contextlib.suppress(queue.Full):
                self.waiting.put_nowait(channel)
                return
            self.rings.discard(channel)

    def run(self) -> None:
        """Send one message after the other."""
        while True:
            message = self.waiting.get()
            try:
                self._pass_on(message)
            except (OperationalError, OSError, RedisError) as error:
                what = {} if isinstance(message, str) else {"task": message[0], "queue": message[1]}
                log.warning("job_not_sent", **what, error=type(error).__name__)

    def _pass_on(self, message: Message) -> None:
        """Send a task, or ring."""
        if not isinstance(message, str):
            self._send(*message)
            return
        self.rings.discard(message)
        with self.app.producer_pool.acquire(block=True) as producer:
            producer.channel.client.publish(message, "")

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
    dispatch.ring_by(sender.ring)
