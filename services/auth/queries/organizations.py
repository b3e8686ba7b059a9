"""Reads organizations: the public list by name or pinyin, the administrators' list, one of them."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.auth.models import Account, Organization
from services.auth.schemas.organizations import OrganizationKept, OrganizationListed, OrganizationShown
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.web import Page
from shared.kit.web.paging import Listed
from shared.programmes import facts

MERGED = aliased(Organization)
"""Organizations that were merged into another: their names still find it."""


class Wanted(NamedTuple):
    """Which organizations are asked for; what is None is not looked at."""

    query: str | None = None
    kind: str | None = None
    region: str | None = None
    programme: str | None = None
    within: str | None = None
    """A region with all that lies below it."""
    state: str | None = None


async def public_list(session: Session, wanted: Wanted, page: Page) -> Listed[OrganizationShown]:
    """The enabled organizations, in the order of their pinyin."""
    rows, after = await _rows(session, wanted, page, [col(Organization.disabled_at).is_(None)])
    return page.of([shown(row) for row in rows], after)


async def whole_list(session: Session, wanted: Wanted, page: Page, language: str) -> Listed[OrganizationListed]:
    """All organizations, disabled ones too."""
    rows, after = await _rows(session, wanted, page, [])
    return page.of(await listed(session, rows, language), after)


async def listed(session: Session, rows: Sequence[Organization], language: str) -> list[OrganizationListed]:
    """Organizations with the names that were merged into them, how many reviewers they have, and where they lie."""
    ids = [row.id for row in rows]
    merged = await session.execute(
        select(col(Organization.merged_into), col(Organization.name))
        .where(col(Organization.merged_into).in_(ids))
        .order_by(col(Organization.pinyin))
    )
    aliases: dict[UUID | None, list[str]] = defaultdict(list)
    for into, name in merged:
        aliases[into].append(name)
    counted = await session.execute(
        select(col(Account.organization_id), func.count())
        .where(col(Account.organization_id).in_(ids), col(Account.disabled_at).is_(None))
        .group_by(col(Account.organization_id))
    )
    reviewers = {row[0]: row[1] for row in counted}
    return [
        OrganizationListed(
            **kept(row).model_dump(),
            aliases=aliases[row.id],
            reviewers=reviewers.get(row.id, 0),
            region_name=name_of(row.region, language),
        )
        for row in rows
    ]


def name_of(region: str, language: str) -> str:
    """A region's name; its code where nobody knows one."""
    try:
        return facts.divisions.name_of(region).say(language)
    except KeyError:
        return region


async def one(session: Session, organization_id: UUID) -> Organization:
    """The organization; refused as Missing where there is none."""
    found = await session.execute(select(Organization).where(col(Organization.id) == organization_id))
    organization = found.scalar_one_or_none()
    if organization is None:
        raise Missing
    return organization


async def present(session: Session, organization_id: UUID) -> UUID:
    """The organization, or the one that it was merged into."""
    found = await session.execute(select(col(Organization.merged_into)).where(col(Organization.id) == organization_id))
    return found.scalar_one_or_none() or organization_id


def shown(row: Organization) -> OrganizationShown:
    """An organization as everyone sees it."""
    return OrganizationShown(
        organization_id=row.id, name=row.name, kind=row.kind, region=row.region, municipal=row.municipal
    )


def kept(row: Organization) -> OrganizationKept:
    """An organization as administrators see it."""
    return OrganizationKept(
        **shown(row).model_dump(),
        credit_code=row.credit_code,
        programmes=row.programmes,
        disabled=row.disabled_at is not None,
        merged_into=row.merged_into,
    )


def folded(text: str) -> str:
    """A name or a search as both are compared: full-width letters folded, lower case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


async def _rows(
    session: Session, wanted: Wanted, page: Page, conditions: list[ColumnElement[bool]]
) -> tuple[list[Organization], tuple[str, str] | None]:
    """One page, and the keys of its last row where more follow."""
    statement = select(Organization).where(*conditions, *_conditions(wanted))
    if (after := page.keys(str, UUID)) is not None:
        statement = statement.where(tuple_(col(Organization.pinyin), col(Organization.id)) > after)
    ordered = statement.order_by(col(Organization.pinyin), col(Organization.id)).limit(page.limit + 1)
    rows, more = page.cut(list((await session.execute(ordered)).scalars()))
    return rows, (rows[-1].pinyin, str(rows[-1].id)) if more else None


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What is asked for, as SQL."""
    found: list[ColumnElement[bool]] = []
    if wanted.query and (words := folded(wanted.query)):
        found.append(
            or_(
                col(Organization.name_key).contains(words, autoescape=True),
                col(Organization.pinyin).startswith(words, autoescape=True),
                col(Organization.initials).startswith(words, autoescape=True),
                col(Organization.id).in_(
                    select(col(MERGED.merged_into)).where(col(MERGED.name_key).contains(words, autoescape=True))
                ),
            )
        )
    if wanted.within:
        stem = wanted.within.removesuffix("00").removesuffix("00")
        found.append(col(Organization.region).startswith(stem, autoescape=True))
    if wanted.state:
        is_enabled = col(Organization.disabled_at).is_(None)
        found.append(is_enabled if wanted.state == "enabled" else ~is_enabled)
    if wanted.kind:
        found.append(col(Organization.kind) == wanted.kind)
    if wanted.region:
        found.append(col(Organization.region) == wanted.region)
    if wanted.programme:
        found.append(col(Organization.programmes).contains([wanted.programme]))
    return found
