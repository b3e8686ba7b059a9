"""Keeps whom we can write to, as auth tells it: the highest version wins, in whatever order they come."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.notify.actions.writing import write_letters
from services.notify.models import Organization, Recipient
from shared.contracts.events import AccountChanged, AccountOpened, OrganizationChanged
from shared.kit.database import Session
from shared.kit.vault import vault


async def open_account(session: Session, event: AccountOpened) -> None:
    """Know a new account, then greet its owner."""
    await know_account(session, event)
    await write_letters(session, event)


async def know_account(session: Session, event: AccountOpened | AccountChanged) -> None:
    """Keep the account's newest state; name and address are sealed."""
    card = {"username": event.username, "name": event.name, "email": event.email}
    row = {
        "account_id": event.account_id,
        "version": event.version,
        "card": await _sealed(session, event.account_id, card),
        "language": event.language,
        "mail_mode": event.mail_mode,
        "roles": list(event.roles),
        "organization_id": event.organization_id,
        "programmes": list(event.programmes),
        "id_index": event.id_index,
        "disabled": event.disabled,
    }
    newest = insert(Recipient).values(row)
    await session.execute(
        newest.on_conflict_do_update(
            index_elements=["account_id"], set_=row, where=col(Recipient.version) < event.version
        )
    )


async def know_organization(session: Session, event: OrganizationChanged) -> None:
    """Keep the organization's newest state; letters to one that was merged go to its heir."""
    into = await _heir_in_chain(session, event.merged_into)
    row = {
        "organization_id": event.organization_id,
        "version": event.version,
        "name": event.name,
        "kind": event.kind,
        "programmes": list(event.programmes),
        "disabled": event.disabled,
        "merged_into": into,
    }
    await session.execute(
        insert(Organization)
        .values(row)
        .on_conflict_do_update(
            index_elements=["organization_id"], set_=row, where=col(Organization.version) < event.version
        )
    )
    if into is not None:
        earlier = update(Organization).where(col(Organization.merged_into) == event.organization_id)
        await session.execute(earlier.values(merged_into=into))


async def _heir_in_chain(session: Session, into_id: UUID | None) -> UUID | None:
    """The organization that took the place, where the one that is named was merged itself meanwhile."""
    if into_id is None:
        return None
    into = await session.get(Organization, into_id)
    return into.merged_into or into_id if into is not None else into_id


async def _sealed(session: Session, account_id: UUID, card: dict[str, str]) -> bytes:
    """The card under the account's own key."""
    return await vault().seal(session, account_id, dict(card), table="recipient", column="card", row_id=account_id)
