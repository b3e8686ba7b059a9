"""Entity tags (RFC 9110, 8.8.3): a row's revision, quoted, so that who was slower is told."""

import re
from typing import Annotated

from fastapi import Depends, Request

from shared.contracts.refusals import Changed


def etag(revision: int) -> str:
    """The entity tag of a revision."""
    return f'"{revision}"'


def _if_match(request: Request) -> int | None:
    """The revision that the caller saw; None where they did not say."""
    given = request.headers.get("if-match")
    if given is None or given.strip() == "*":
        return None
    found = re.fullmatch(r'\s*"(\d{1,9})"\s*', given)
    if found is None:
        raise Changed
    return int(found[1])


IfMatchDep = Annotated[int | None, Depends(_if_match)]
