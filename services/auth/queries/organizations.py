"""Reads organizations: the public list by name or pinyin, the administrators' list, one of them."""

import unicodedata
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, tuple_
from sqlmodel import col

from services.auth.models import Organization
from services.auth.schemas.organizations import OrganizationKept, OrganizationShown
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.web import Page
from shared.kit.web.paging import Listed


class Wanted(NamedTuple):
    """Which organizations are asked for; what is None is not looked at."""

    query: str | None = None
    kind: str | None = None
    region: str | None = None
    programme: str | None = None


async def public_list(session: Session, wanted: Wanted, page: Page) -> Listed[OrganizationShown]:
    """The enabled organizations, in the order of their pinyin."""
    rows, after = await _rows(session, wanted, page, [col(Organization.disabled_at).is_(None)])
    return page.of([shown(row) for row in rows], after)


async def whole_list(session: Session, wanted: Wanted, page: Page) -> Listed[OrganizationKept]:
    """All organizations, disabled ones too."""
    rows, after = await _rows(session, wanted, page, [])
    return page.of([kept(row) for row in rows], after)


async def one(session: Session, organization_id: UUID) -> Organization:
    """The organization; refused as Missing where there is none."""
    found = await session.execute(select(Organization).where(col(Organization.id) == organization_id))
    organization = found.scalar_one_or_none()
    if organization is None:
        raise Missing
    return organization


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
            )
        )
    if wanted.kind:
        found.append(col(Organization.kind) == wanted.kind)
    if wanted.region:
        found.append(col(Organization.region) == wanted.region)
    if wanted.programme:
        found.append(col(Organization.programmes).contains([wanted.programme]))
    return found
