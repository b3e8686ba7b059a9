"""Who a draft goes to: the accounts behind an audience, with their addresses."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col

from services.notify.models import Organization, Recipient
from services.notify.rules import Administrators, Audience, Everyone, Owner, Reviewers
from shared.kit.database import Session
from shared.kit.vault import Erased, vault


class NotHeardOfYet(Exception):  # noqa: N818 - events of two tellers come in any order; this one is heard again
    """The account or organization is not known here yet: its own event is still on the way."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person who is written to."""

    account_id: UUID
    username: str
    name: str
    email: str
    language: str
    is_daily: bool
    is_applicant: bool
    organization: str | None
    programmes: tuple[str, ...]
    """The account's own, then those of its organization."""


async def addressees(session: Session, audience: Audience) -> list[Addressee]:
    """The enabled accounts of an audience.

    Raises NotHeardOfYet for an owner, an organization or a person's organization that no event has told yet.
    """
    found = []
    for person, place in await _audience(session, audience):
        with suppress(Erased):  # who was erased is written to no more
            if not person.disabled:
                found.append(await _addressee(session, person, place))
    return found


Row = tuple[Recipient, Organization | None]


async def _audience(session: Session, audience: Audience) -> Sequence[Row]:
    """The accounts of an audience, disabled ones too."""
    match audience:
        case Owner(account_id, _):
            rows = await _rows(session, col(Recipient.account_id) == account_id)
            if not rows:
                raise NotHeardOfYet(str(account_id))
            return rows
        case Reviewers(organization_id, applicant_id):
            return await _reviewers(session, organization_id, applicant_id)
        case Administrators():
            return await _rows(session, col(Recipient.roles).contains(["administrator"]))
        case Everyone():
            message = "announcements are mailed in batches"
            raise NotImplementedError(message)


def with_organizations(*wanted: ColumnElement[bool]) -> Select[Recipient, Organization]:
    """Accounts with their organizations, in the order of the accounts' ids."""
    return (
        select(Recipient, Organization)
        .outerjoin(Organization, col(Organization.organization_id) == col(Recipient.organization_id))
        .where(*wanted)
        .order_by(col(Recipient.account_id))
    )


async def _rows(session: Session, *wanted: ColumnElement[bool]) -> Sequence[Row]:
    """Accounts with their organizations, read."""
    return [(person, place) for person, place in (await session.execute(with_organizations(*wanted))).all()]


async def _reviewers(session: Session, organization_id: UUID, applicant_id: UUID) -> Sequence[Row]:
    """The reviewers of an organization, or of its heir, but the applicant, by account and by ID number (rule 7)."""
    named = await session.get(Organization, organization_id)
    if named is None:
        raise NotHeardOfYet(str(organization_id))
    applicant = await session.get(Recipient, applicant_id)
    rows = await _rows(
        session,
        col(Recipient.organization_id) == (named.merged_into or organization_id),
        col(Recipient.roles).contains(["reviewer"]),
        col(Recipient.account_id) != applicant_id,
    )
    index = applicant.id_index if applicant else None
    return [row for row in rows if index is None or row[0].id_index != index]


async def _addressee(session: Session, person: Recipient, place: Organization | None) -> Addressee:
    """The person, where the organization is known too."""
    if person.organization_id is not None and place is None:
        raise NotHeardOfYet(str(person.organization_id))
    return await opened(session, person, place)


async def opened(session: Session, person: Recipient, place: Organization | None) -> Addressee:
    """The person with the sealed card opened; raises Erased for one who was erased."""
    card = await vault().open(
        session, person.account_id, person.card, table="recipient", column="card", row_id=person.account_id
    )
    assert isinstance(card, dict)  # noqa: S101 - we sealed it so
    return Addressee(
        account_id=person.account_id,
        username=str(card["username"]),
        name=str(card["name"]),
        email=str(card["email"]),
        language=person.language,
        is_daily=person.mail_mode == "daily",
        is_applicant="applicant" in person.roles,
        organization=place.name if place else None,
        programmes=(*person.programmes, *(place.programmes if place else ())),
    )
