"""The working calendar as administrators see and change it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from shared.kit.web import Body
from shared.kit.web.bodies import Text


class PutHoliday(Body):
    """Whether a day is worked, and what it is called."""

    working: bool
    name: Annotated[Text, Field(max_length=60)] = ""


class Holiday(BaseModel):
    """A day that is not what its weekday says, or that an administrator declared."""

    day: date
    working: bool
    name: str
    source: Literal["calendar", "override"]


class Holidays(BaseModel):
    """The special days of a year, by day."""

    year: int
    items: list[Holiday]
