"""Whether the process of this container lives: exit code 0 or 1, for an orchestrator's health check.

`python -m cli.alive web [PORT]`, `events SERVICE`, `worker QUEUE…` or `redis`. Event loops and workers leave a
pulse in Redis, which lasts 30 seconds.
"""

import os
import socket
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 4.0
OK = 200


def web(port: int) -> bool:
    """True when the web application at this port answers /healthz."""
    host = urlsplit(os.environ.get("JUXIAN_BASE_URL", "")).netloc or f"localhost:{port}"
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz", headers={"Host": host})
        return connection.getresponse().status == OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def pulses(*patterns: str) -> bool:
    """True when Redis holds a key for each pattern; with none, when Redis answers at all."""
    from redis import Redis, RedisError

    try:
        with Redis.from_url(_redis_url(), socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as client:
            return bool(client.ping()) and all(any(client.scan_iter(pattern)) for pattern in patterns)
    except RedisError:
        return False


def _redis_url() -> str:
    given = Path("/run/secrets/juxian_redis_url")
    return given.read_text().strip() if given.exists() else os.environ["JUXIAN_REDIS_URL"]


def is_alive(kind: str, names: list[str]) -> bool:
    """True when the process of that kind lives: a web door, the events of a service, a worker of queues."""
    if kind == "web":
        return web(int(names[0]) if names else 8000)
    if kind == "events":
        return pulses(f"alive:events:{names[0]}")
    if kind == "worker":
        return pulses(*(f"alive:queue:{name}:{socket.gethostname()}-*" for name in names))
    return pulses()


if __name__ == "__main__":
    sys.exit(0 if is_alive(sys.argv[1], sys.argv[2:]) else 1)
