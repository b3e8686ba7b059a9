"""What callers send: every body refuses what it does not know."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Body(BaseModel):
    """A request's body: frozen, and an unknown field is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=20_000)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a validator sees anything
    """Refuse control characters, lone surrogates and what turns the direction of writing."""
    if isinstance(value, str) and UNSAFE.search(value):
        message = "unsafe characters"
        raise ValueError(message)
    return value


Text = Annotated[str, BeforeValidator(_plain)]
"""A text without control characters: use it in bodies instead of str."""
