"""The daily digest: on working days at eight in the morning, with what was written before."""

from collections.abc import Callable
from datetime import date, datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5

from services.notify.rules.words import CHINA

HOUR = time(8)


def digest_moment(now: datetime, is_working_day: Callable[[date], bool]) -> datetime | None:
    """Today's eight o'clock in China, once it has passed on a working day; what was written before it is due."""
    local = now.astimezone(CHINA)
    moment = datetime.combine(local.date(), HOUR, CHINA)
    return moment if local >= moment and is_working_day(local.date()) else None


def digest_key(day: date) -> UUID:
    """What stands for the event of that day's digest, so that nobody gets two."""
    return uuid5(NAMESPACE_URL, f"urn:juxian:digest:{day.isoformat()}")
