"""What auth tells: organizations, and the reviewers that decide for them. The highest version is the truth."""

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.review.actions.mergers import heir_in_chain, merge
from services.review.models import Organization, Reviewer
from services.review.rules import employer_terms
from shared.contracts.events import AccountChanged, AccountOpened, OrganizationChanged
from shared.kit.database import Session


async def know_organization(session: Session, told: OrganizationChanged) -> None:
    """Keep an organization's name and place, unless something newer is known.

    One that was merged into another hands it everything, by a job.
    """
    into = await heir_in_chain(session, told.merged_into)
    row = {
        "version": told.version,
        "name": told.name,
        "kind": told.kind,
        "region": told.region,
        "municipal": told.municipal,
        "programmes": list(told.programmes),
        "is_disabled": told.disabled,
        "merged_into": into,
        "terms": employer_terms(told.name),
    }
    new = insert(Organization).values(id=told.organization_id, **row)
    kept = new.on_conflict_do_update(
        index_elements=["id"], set_=row, where=col(Organization.version) < new.excluded.version
    )
    is_news = (await session.execute(kept.returning(col(Organization.id)))).first() is not None
    if is_news and into is not None and told.merged_by is not None:
        await merge(session, told.organization_id, into, told.merged_by)


async def know_reviewer(session: Session, told: AccountOpened | AccountChanged) -> None:
    """Keep a reviewer's name, whom they decide for, and the index of the ID number that rule 7 asks for.

    Accounts that never were a reviewer's are not kept; who is one no more decides for nobody.
    """
    if "reviewer" not in told.roles:
        if isinstance(told, AccountOpened):
            return  # nothing older is known of it, and what is newer stays
        left = col(Reviewer.account_id) == told.account_id, col(Reviewer.version) < told.version
        await session.execute(update(Reviewer).where(*left).values(version=told.version, organization_id=None))
        return
    row = {
        "version": told.version,
        "name": told.name,
        "id_index": told.id_index,
        "organization_id": None if told.disabled else told.organization_id,
    }
    new = insert(Reviewer).values(account_id=told.account_id, **row)
    await session.execute(
        new.on_conflict_do_update(
            index_elements=["account_id"], set_=row, where=col(Reviewer.version) < new.excluded.version
        )
    )
