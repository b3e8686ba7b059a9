"""Whom an announcement is for: the accounts behind an audience, and the announcements for a caller."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlmodel import col

from services.notify.models import Announcement, Organization, Recipient
from services.notify.queries.people import Row, with_organizations
from shared.contracts.identity import Caller
from shared.kit import clock
from shared.kit.database import Session

ROLES = {"applicants": "applicant", "reviewers": "reviewer", "administrators": "administrator"}


async def programmes_of(session: Session, caller: Caller) -> list[str]:
    """The programmes that a caller's announcements may name: the account's own, and its organization's."""
    if caller.account_id is None:
        return []
    asked = (
        select(col(Recipient.programmes), col(Organization.programmes))
        .outerjoin(Organization, col(Organization.organization_id) == col(Recipient.organization_id))
        .where(col(Recipient.account_id) == caller.account_id)
    )
    found = (await session.execute(asked)).first()
    return sorted({*found[0], *(found[1] or ())}) if found else []


def is_out() -> ColumnElement[bool]:
    """Published, and not withdrawn."""
    withdrawn = col(Announcement.withdraw_at)
    return and_(col(Announcement.publish_at) <= clock.now_sql(), or_(withdrawn.is_(None), withdrawn > clock.now_sql()))


def is_for(caller: Caller, programmes: list[str]) -> ColumnElement[bool]:
    """Meant for somebody like the caller; administrators read everything that is out."""
    if "administrator" in caller.roles:
        return true()
    audiences = [name for name, role in ROLES.items() if role in caller.roles]
    own = or_(col(Announcement.programme).is_(None), col(Announcement.programme).in_(programmes))
    return or_(col(Announcement.audience) == "everybody", and_(col(Announcement.audience).in_(audiences), own))


def is_addressed(audience: str, programme: str | None) -> list[ColumnElement[bool]]:
    """The enabled accounts that an announcement is mailed to; administrators get theirs whatever the programme."""
    wanted: list[ColumnElement[bool]] = [col(Recipient.disabled).is_(False)]
    if audience in ROLES:
        wanted.append(col(Recipient.roles).contains([ROLES[audience]]))
    if programme is not None and audience != "administrators":
        named: list[Any] = [programme]
        own, served = col(Recipient.programmes).contains(named), col(Organization.programmes).contains(named)
        wanted.append(or_(own, served))
    return wanted


async def addressed(session: Session, audience: str, programme: str | None, after: UUID | None, most: int) -> list[Row]:
    """The next accounts in the order of their ids, with their organizations."""
    asked = with_organizations(*is_addressed(audience, programme)).limit(most)
    if after is not None:
        asked = asked.where(col(Recipient.account_id) > after)
    return [(person, place) for person, place in (await session.execute(asked)).all()]
