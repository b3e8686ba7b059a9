"""One row against the rest of the list and what the system knows already."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from services.auth.rules.people.troubles import Trouble


class Employer(NamedTuple):
    """An organization that a row may mean, by name or code."""

    organization_id: UUID
    employs: bool
    is_disabled: bool
    programmes: frozenset[str]


class Known(NamedTuple):
    """The account that somebody with that number has already."""

    account_id: UUID
    name: str
    is_disabled: bool
    has_programme: bool


def against(
    name: str, first_row: int | None, meant: Sequence[Employer], known: Known | None, programme: str
) -> tuple[Trouble, ...]:
    """The troubles of a row that is good by itself.

    `first_row` has the same ID number, `meant` are the organizations of that name or code, `known` is the account that
    has the number.
    """
    found = []
    if first_row is not None:
        found.append(Trouble("id_number_twice", "id_number", (("row", first_row),)))
    elif known is not None and (code := _known(name, known)) is not None:
        found.append(Trouble(code, "name" if code == "name_differs" else "id_number"))
    if (code := _employer(meant, programme)) is not None:
        found.append(Trouble(code, "employer"))
    return tuple(found)


def chosen(meant: Sequence[Employer]) -> UUID:
    """The one organization that a good row means."""
    return min((one for one in meant if not one.is_disabled and one.employs), key=lambda one: one.organization_id)[0]


def _known(name: str, known: Known) -> str | None:
    """What is wrong with a person who has an account."""
    if known.name != name:
        return "name_differs"
    if known.is_disabled:
        return "account_disabled"
    return "already_imported" if known.has_programme else None


def _employer(meant: Sequence[Employer], programme: str) -> str | None:
    """What is wrong with the organization that is named."""
    if not meant:
        return "employer_unknown"
    working = [one for one in meant if one.employs]
    if not working:
        return "employer_is_office"
    enabled = [one for one in working if not one.is_disabled]
    if not enabled:
        return "employer_disabled"
    if len(enabled) > 1:
        return "employer_ambiguous"
    return None if programme in enabled[0].programmes else "employer_elsewhere"
