"""Reads what rows of a list are judged against: people by ID number, organizations by name or code."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.auth.models import Account, AccountProgramme, Organization
from services.auth.queries.organizations import folded
from services.auth.rules.people import Employer, Known
from shared.kit.database import Session

AT_ONCE = 1000
NAMED, MEANT = aliased(Organization), aliased(Organization)
"""The organization of that name, and the one that it was merged into, or itself."""


async def known_people(session: Session, indexes: Collection[str], programme: str) -> Mapping[str, Known]:
    """The accounts that have one of these ID numbers, by its keyed index."""
    known: dict[str, Known] = {}
    for some in _in_parts(indexes):
        found = await session.execute(
            select(Account.id_index, Account.id, Account.name, Account.disabled_at, AccountProgramme.id)  # type: ignore[call-overload]  # more columns than its overloads have
            .outerjoin(
                AccountProgramme,
                (col(AccountProgramme.account_id) == col(Account.id)) & (col(AccountProgramme.programme) == programme),
            )
            .where(col(Account.id_index).in_(some))
        )
        for index, account_id, name, disabled_at, has_programme in found:
            known[index] = Known(account_id, name, disabled_at is not None, has_programme is not None)
    return known


async def employers_named(session: Session, names: Collection[str]) -> Mapping[str, Sequence[Employer]]:
    """The organizations that each of these texts may mean: by whole name, however it is spaced, or by code."""
    keys = {name: folded(name) for name in names}
    by_key: dict[str, dict[object, Employer]] = {}
    for some in _in_parts(set(keys.values())):
        codes = [key.upper() for key in some]
        found = await session.execute(
            select(NAMED, MEANT)
            .join(MEANT, col(MEANT.id) == func.coalesce(col(NAMED.merged_into), col(NAMED.id)))
            .where(or_(col(NAMED.name_key).in_(some), col(NAMED.credit_code).in_(codes)))
        )
        for named, row in found:
            one = Employer(row.id, row.employs, row.disabled_at is not None, frozenset(row.programmes))
            for key in (named.name_key, (named.credit_code or "").lower()):
                by_key.setdefault(key, {})[row.id] = one
    return {name: tuple(by_key.get(key, {}).values()) for name, key in keys.items()}


def _in_parts(texts: Iterable[str]) -> Iterator[list[str]]:
    """So many at once that a statement stays short."""
    rest = iter(texts)
    while some := list(islice(rest, AT_ONCE)):
        yield some
