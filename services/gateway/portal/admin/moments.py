"""Instants as administrators type them: China's time, forgiving about how they are written."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_WRITTEN = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[\sT]*(\d{1,2})\s*[:：时]\s*(\d{1,2})?分?)?"
)
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def instant(text: str, *, at_end: bool = False) -> str | None:
    """An instant such as 2026-11-20 09:00, for the API; a day alone is its beginning, or with `at_end` its last minute.

    None where it is no instant.
    """
    found = _WRITTEN.fullmatch(text.strip().translate(_WIDE))
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups()[:3])
    hour, minute = (int(found[4]), int(found[5] or 0)) if found[4] else (23, 59) if at_end else (0, 0)
    try:
        return datetime(year, month, day, hour, minute, tzinfo=CHINA).isoformat()
    except ValueError:
        return None


def day(text: str) -> str | None:
    """A day such as 2026-11-20, for the API; None where it is none."""
    written = instant(text)
    return written[:10] if written else None
