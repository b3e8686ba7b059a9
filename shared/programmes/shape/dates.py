"""Dates as people write them, read forgivingly; a month alone is its first day."""

import re
from datetime import date

from shared.programmes.shape.faults import Unfit
from shared.programmes.shape.typing_in import folded

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)

_WRITTEN = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:年(?P<m1>[0-9]{1,2})月(?:(?P<d1>[0-9]{1,2})日?)?"
    r"|(?P<sep>[-./])(?P<m2>[0-9]{1,2})(?:(?P=sep)(?P<d2>[0-9]{1,2}))?"
    r"|(?P<m3>[0-9]{2})(?P<d3>[0-9]{2})?)",
)


def written(value: object) -> date:
    """The date of `2010-09-01`, `2010/9/1`, `2010年9月1日`, `20100901`, or of a month: `2010-09`, `201009`.

    Refused: anything else, days that no calendar has, and years outside 1900 to 2100.
    """
    found = _WRITTEN.fullmatch(folded(value))
    if not found:
        raise Unfit("not_a_date")
    month = found["m1"] or found["m2"] or found["m3"]
    day = found["d1"] or found["d2"] or found["d3"] or "1"
    try:
        day_meant = date(int(found["year"]), int(month), int(day))
    except ValueError:
        raise Unfit("not_a_date") from None
    if not FIRST <= day_meant <= LAST:
        raise Unfit("out_of_range", minimum=FIRST.isoformat(), maximum=LAST.isoformat())
    return day_meant
