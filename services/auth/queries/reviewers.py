"""Reads reviewers as administrators see them."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import col

from services.auth.models import Account, Organization
from services.auth.queries import accounts, organizations
from services.auth.queries.authority import demand_administrator
from services.auth.schemas.accounts import ReviewerShown
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.web import Page
from shared.kit.web.paging import Listed


async def reviewers(
    session: Session, caller: Caller, page: Page, organization_id: UUID | None, query: str | None
) -> Listed[ReviewerShown]:
    """All reviewers in the order of their usernames, of one organization or whose name holds `query`."""
    await demand_administrator(session, caller)
    statement = _joined()
    if organization_id is not None:
        statement = statement.where(col(Account.organization_id) == organization_id)
    if query:
        words = query.strip().casefold()
        is_named = col(Account.name).icontains(words, autoescape=True)
        statement = statement.where(col(Account.username_key).contains(words, autoescape=True) | is_named)
    if (after := page.keys(str)) is not None:
        statement = statement.where(col(Account.username_key) > after[0])
    found = await session.execute(statement.order_by(col(Account.username_key)).limit(page.limit + 1))
    rows, more = page.cut(list(found))
    items = [await _shown(session, account, organization) for account, organization in rows]
    return page.of(items, (rows[-1][0].username_key,) if more else None)


async def reviewer(session: Session, caller: Caller, account_id: UUID) -> ReviewerShown:
    """One reviewer; any other account is Missing."""
    await demand_administrator(session, caller)
    row = (await session.execute(_joined().where(col(Account.id) == account_id))).first()
    if row is None:
        raise Missing
    return await _shown(session, row[0], row[1])


def _joined() -> Select[Account, Organization]:
    """Reviewers with their organizations."""
    return select(Account, Organization).join(Organization, col(Organization.id) == col(Account.organization_id))


async def _shown(session: Session, account: Account, organization: Organization) -> ReviewerShown:
    """A reviewer as administrators see one."""
    return ReviewerShown(
        account_id=account.id,
        username=account.username,
        name=account.name,
        email=(await accounts.contact(session, account)).email,
        organization=organizations.shown(organization),
        disabled=account.disabled_at is not None,
        invited=account.password is None,
        email_bounced_at=account.email_bounced_at,
        last_login_at=account.last_login_at,
    )
