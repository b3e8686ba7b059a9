"""The Celery application with its measured settings: a task carries a row's id, and may be lost or doubled."""

from celery import Celery
from kombu.entity import Queue

from shared.kit.redis import KEY_PREFIX


def application(redis_url: str, queues: tuple[str, ...] = ()) -> Celery:
    """Make an application that talks to that broker and consumes those queues.

    Delays and retries live in rows, never in eta, countdown or expires: a task held beyond the visibility timeout
    would be received again at each timeout.
    """
    app = Celery("juxian", broker=redis_url, set_as_current=False)
    app.conf.update(
        broker_transport="shared.kit.broker:Transport",
        task_acks_late=True,
        task_reject_on_worker_lost=False,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        result_backend=None,
        accept_content=["json"],
        task_serializer="json",
        worker_prefetch_multiplier=1,
        task_soft_time_limit=90,
        task_time_limit=120,
        task_create_missing_queues=True,
        task_queues=[_queue(name) for name in queues] or None,
        broker_transport_options={
            "visibility_timeout": 300,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "socket_timeout": 10,
            "socket_connect_timeout": 3,
            "socket_keepalive": True,
            "health_check_interval": 5,
            "global_keyprefix": KEY_PREFIX,
        },
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        worker_enable_remote_control=False,  # whoever writes to Redis could shut workers down by it
        worker_soft_shutdown_timeout=30,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,  # our log lines would come back to our logger, which waits for itself then
        worker_cancel_long_running_tasks_on_connection_loss=False,
        timezone="Asia/Shanghai",
        enable_utc=True,
        beat_scheduler="celery.beat:Scheduler",
    )
    return app


def _queue(name: str) -> Queue:
    """A queue that is found by its own name."""
    return Queue(name, routing_key=name)  # type: ignore[no-untyped-call]  # kombu is untyped
