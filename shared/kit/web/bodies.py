"""What callers send: every body refuses what it does not know."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, get_args

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, ValidationInfo, field_validator

UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


NUMERAL = re.compile(r"\s*[-+]?[\d.]+\s*", re.ASCII)


class Body(BaseModel):
    """A request's body: frozen, and an unknown field is an error, never ignored.

    A number is no date and no switch, and neither is a text that spells one, although Pydantic would take it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=20_000)

    @field_validator("*", mode="before")
    @classmethod
    def _meant(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - a validator sees anything
        """Refuse what only looks like a value of the field's kind."""
        kinds = set(kinds_of(cls.model_fields[info.field_name or ""].annotation))
        if (is_dated(kinds) and is_numeral(value)) or (
            bool in kinds and isinstance(value, int | float | str) and not isinstance(value, bool) and kinds <= SWITCH
        ):
            message = "a number in place of a date or a switch"
            raise ValueError(message)
        return value


SWITCH = frozenset({bool, type(None)})


def kinds_of(annotation: Any) -> Iterator[type]:  # noqa: ANN401 - annotations are anything
    """The classes that an annotation is made of."""
    if isinstance(annotation, type):
        yield annotation
    for part in get_args(annotation):
        yield from kinds_of(part)


def is_dated(kinds: set[type]) -> bool:
    """Whether dates or moments are meant, and no number."""
    return any(kind is AwareDatetime or issubclass(kind, date) for kind in kinds) and not kinds & {int, float}


def is_numeral(value: object) -> bool:
    """Whether it is a number, or a text that spells one."""
    return isinstance(value, int | float) or (isinstance(value, str) and NUMERAL.fullmatch(value) is not None)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a validator sees anything
    """Refuse control characters, lone surrogates and what turns the direction of writing."""
    if isinstance(value, str) and UNSAFE.search(value):
        message = "unsafe characters"
        raise ValueError(message)
    return value


Text = Annotated[str, BeforeValidator(_plain)]
"""A text without control characters: use it in bodies instead of str."""
