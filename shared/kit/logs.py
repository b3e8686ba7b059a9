"""Logs: one JSON object a line, with the id of the request that caused it, and nothing personal."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.contextvars import bind_contextvars, get_contextvars

SECRET_KEYS = frozenset(
    {
        "password",
        "token",
        "authorization",
        "cookie",
        "id_number",
        "mobile",
        "email",
        "address",
        "access_token",
    }
)
ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
DETAIL = re.compile(r"DETAIL: .*")
"""What PostgreSQL adds to an error: the values of the row."""


def request_id() -> str:
    """The id of the request that is being served, or an empty string."""
    return str(get_contextvars().get("request_id", ""))


def follow(identifier: str) -> None:
    """Take up a request's id, so that every further log line and event carries it."""
    bind_contextvars(request_id=identifier)


def configure(process: str, level: str = "info") -> None:
    """Write structured lines to standard output, those of other libraries too."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            lambda _, __, entry: {"process": process, **entry},
            scrub,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [_Bridge()]
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level.upper()]))


def scrub(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out what is secret by its key; ID numbers, mobiles and the values of rows wherever they stand."""
    for key, value in entry.items():
        if key in SECRET_KEYS:
            entry[key] = "…"
        elif isinstance(value, str):
            entry[key] = DETAIL.sub("DETAIL: …", MOBILE.sub("…", ID_NUMBER.sub("…", value)))
    return entry


class _Bridge(logging.Handler):
    """Passes the standard library's records on."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record as a structured line."""
        structlog.get_logger(record.name).log(
            max(record.levelno, logging.DEBUG), record.getMessage(), exc_info=record.exc_info
        )
