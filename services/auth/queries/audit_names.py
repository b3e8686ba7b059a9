"""The names of whom and what entries of the audit trail concern: two look-ups for a whole page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.auth.models import Account, AuditEntry, Organization
from shared.kit.database import Session
from shared.programmes.catalogue import PROGRAMMES


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id: of accounts (username, name) and of organizations."""

    accounts: Mapping[UUID, tuple[str, str]]
    organizations: Mapping[UUID, str]

    def username(self, account_id: UUID | None) -> str | None:
        """The username, where the account is still there."""
        known = self.accounts.get(account_id) if account_id else None
        return known[0] if known else None

    def person(self, account_id: UUID | None) -> str | None:
        """The person's name, where the account is still there."""
        known = self.accounts.get(account_id) if account_id else None
        return known[1] if known else None

    def organization(self, organization_id: UUID | None) -> str | None:
        """The organization's name."""
        return self.organizations.get(organization_id) if organization_id else None

    def subject(self, row: AuditEntry) -> str | None:
        """The name of what an entry concerns, where auth knows one."""
        if row.subject_kind == "programme":
            declared = PROGRAMMES.get(row.subject_id or "")
            return declared.title.say("zh") if declared else None
        subject_id = as_id(row.subject_id)
        return self.person(subject_id) if row.subject_kind == "account" else self.organization(subject_id)


def as_id(text: str | None) -> UUID | None:
    """A text as an id, where it is one."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


async def names_of(session: Session, rows: Sequence[AuditEntry]) -> Names:
    """The names that these entries need."""
    subjects = {subject for row in rows if (subject := as_id(row.subject_id))}
    people = subjects | {row.actor_id for row in rows if row.actor_id}
    offices = subjects | {row.organization_id for row in rows if row.organization_id}
    accounts = await session.execute(
        select(col(Account.id), col(Account.username), col(Account.name)).where(col(Account.id).in_(people))
    )
    organizations = await session.execute(
        select(col(Organization.id), col(Organization.name)).where(col(Organization.id).in_(offices))
    )
    return Names(
        {account_id: (username, name) for account_id, username, name in accounts},
        {row[0]: row[1] for row in organizations},
    )
