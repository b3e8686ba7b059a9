"""Reads what administrators keep."""

from uuid import UUID

from services.auth.queries import organizations as lists
from services.auth.queries.authority import demand_administrator
from services.auth.queries.organizations import Wanted
from services.auth.schemas.organizations import OrganizationListed
from shared.contracts.identity import Caller
from shared.kit.database import Session
from shared.kit.web import Page
from shared.kit.web.paging import Listed


async def organizations(session: Session, caller: Caller, wanted: Wanted, page: Page) -> Listed[OrganizationListed]:
    """All organizations, for an administrator."""
    await demand_administrator(session, caller)
    return await lists.whole_list(session, wanted, page, caller.language)


async def organization(session: Session, caller: Caller, organization_id: UUID) -> OrganizationListed:
    """One organization, for an administrator."""
    await demand_administrator(session, caller)
    row = await lists.one(session, organization_id)
    return (await lists.listed(session, [row], caller.language))[0]
