"""What auth tells: organizations, and the reviewers that decide for them. The highest version is the truth."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.review.models import Organization, Reviewer
from shared.contracts.events import AccountChanged, AccountOpened, OrganizationChanged
from shared.kit.database import Session


async def know_organization(session: Session, told: OrganizationChanged) -> None:
    """Keep an organization's name and place, unless something newer is known."""
    row = {
        "version": told.version,
        "name": told.name,
        "kind": told.kind,
        "region": told.region,
        "municipal": told.municipal,
    }
    new = insert(Organization).values(id=told.organization_id, **row)
    await session.execute(
        new.on_conflict_do_update(
            index_elements=["id"], set_=row, where=col(Organization.version) < new.excluded.version
        )
    )


async def know_reviewer(session: Session, told: AccountOpened | AccountChanged) -> None:
    """Keep a reviewer's name, and the index of the ID number that rule 7 asks for. Other accounts are not kept."""
    if "reviewer" not in told.roles:
        return
    row = {"version": told.version, "name": told.name, "id_index": told.id_index}
    new = insert(Reviewer).values(account_id=told.account_id, **row)
    await session.execute(
        new.on_conflict_do_update(
            index_elements=["account_id"], set_=row, where=col(Reviewer.version) < new.excluded.version
        )
    )
