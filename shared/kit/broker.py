"""Celery's way to Redis, hardened: what is no message is dropped with a line in the log, and ends no worker.

A row whose message was dropped is sent again by the sweeper; a message that names no row was never ours.
"""

import json
from base64 import b64decode
from typing import Any

import structlog
from kombu.transport import redis
from kombu.transport.virtual import Empty

log = structlog.get_logger(__name__)


class Channel(redis.Channel):
    """Reads queues; bytes that are no JSON count as nothing."""

    def _brpop_read(self, **options: Any) -> Any:  # noqa: ANN401 - kombu's own
        """Take what waits."""
        try:
            return super()._brpop_read(**options)  # type: ignore[no-untyped-call]  # kombu is untyped
        except (json.JSONDecodeError, UnicodeDecodeError):
            log.warning("message_dropped", reason="no JSON")
            raise Empty from None


class Transport(redis.Transport):
    """Hands on what has the shape of a message."""

    Channel = Channel

    def _deliver(self, message: Any, queue: str) -> None:  # noqa: ANN401 - whatever stood in the queue
        """Hand a message to its consumer, if it is one."""
        if not is_message(message):
            log.warning("message_dropped", queue=queue, reason="no message")
            return
        super()._deliver(message, queue)  # type: ignore[no-untyped-call]  # kombu is untyped


def is_message(given: Any) -> bool:  # noqa: ANN401 - as above
    """Whether it is a task as Celery writes one for us: JSON in base64, by arguments, at once and for ever."""
    try:
        properties, headers = given["properties"], given["headers"]
        way = properties["delivery_info"]
        words = (properties["delivery_tag"], way["exchange"], way["routing_key"], headers["task"], headers["id"])
        args, kwargs, others = json.loads(b64decode(given["body"], validate=True))
        timed = any(headers.get(name) is not None for name in ("eta", "expires"))
    except (LookupError, TypeError, AttributeError, ValueError):  # binascii.Error and JSONDecodeError among them
        return False
    is_json = properties.get("body_encoding") == "base64" and given.get("content-type") == "application/json"
    has_arguments = isinstance(args, list) and isinstance(kwargs, dict) and isinstance(others, dict)
    is_named = all(isinstance(word, str) for word in words) and isinstance(properties.get("priority", 0), int)
    return is_json and has_arguments and is_named and not timed
