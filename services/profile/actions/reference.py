"""What is heard of accounts, organizations and the calendar: the newest telling of each is kept."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.profile.actions.handovers import heir_in_chain, merge
from services.profile.models import Account, CalendarDay, Organization
from shared.contracts.events import AccountChanged, AccountOpened, HolidayChanged, OrganizationChanged
from shared.kit.database import Session


async def know_account(session: Session, event: AccountOpened | AccountChanged) -> None:
    """Keep an account as it is; an older telling changes nothing."""
    columns: dict[str, Any] = {
        "version": event.version,
        "name": event.name,
        "language": event.language,
        "programmes": list(event.programmes),
        "is_disabled": event.disabled,
    }
    await session.execute(
        insert(Account)
        .values(id=event.account_id, **columns)
        .on_conflict_do_update(
            index_elements=[col(Account.id)], set_=columns, where=col(Account.version) < event.version
        )
    )


async def know_organization(session: Session, event: OrganizationChanged) -> None:
    """Keep an organization as it is; an older telling changes nothing. One that was merged has an heir."""
    into = await heir_in_chain(session, event.merged_into)
    columns: dict[str, Any] = {
        "version": event.version,
        "name": event.name,
        "name_en": event.name_en,
        "pinyin": event.pinyin,
        "kind": event.kind,
        "region": event.region,
        "municipal": event.municipal,
        "programmes": list(event.programmes),
        "is_disabled": event.disabled,
        "merged_into": into,
    }
    await session.execute(
        insert(Organization)
        .values(id=event.organization_id, **columns)
        .on_conflict_do_update(
            index_elements=[col(Organization.id)], set_=columns, where=col(Organization.version) < event.version
        )
    )
    if into is not None:
        await merge(session, event.organization_id, into)


async def know_holiday(session: Session, event: HolidayChanged) -> None:
    """Keep what was declared of a day last: worked, not worked, or as the calendar has it."""
    columns = {"is_worked": event.working, "changed_at": event.changed_at}
    await session.execute(
        insert(CalendarDay)
        .values(day=event.day, **columns)
        .on_conflict_do_update(
            index_elements=[col(CalendarDay.day)], set_=columns, where=col(CalendarDay.changed_at) < event.changed_at
        )
    )
