"""Connections to Redis or Valkey, within the commands of Redis 7.0."""

from redis.asyncio import Redis
from redis.exceptions import RedisError

KEY_PREFIX = "q:"
"""Before every key of the job queues (Celery's global_keyprefix)."""


def connect(url: str) -> Redis:
    """Make a client; its time limits end what hangs on a half-open connection."""
    client: Redis = Redis.from_url(
        url,
        decode_responses=True,
        encoding_errors="backslashreplace",  # bytes that are no text are shown, and end nobody who reads them
        socket_timeout=10,
        socket_connect_timeout=2,
        socket_keepalive=True,
        health_check_interval=15,
    )
    return client


async def run_id(client: Redis) -> str:
    """The id of the server's process: another one means that it was restarted."""
    return str((await client.info("server"))["run_id"])


async def is_ready(url: str) -> bool:
    """Whether the server answers."""
    client = connect(url)
    try:
        return bool(await client.ping())
    except (RedisError, OSError):
        return False
    finally:
        await client.aclose()
