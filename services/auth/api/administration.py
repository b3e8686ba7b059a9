"""Organizations and reviewers, kept by administrators."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Response

from services.auth.actions import managed_accounts, merging, organizations, reviewers
from services.auth.api.given import FleetingDep
from services.auth.queries import administration as read
from services.auth.queries.organizations import Wanted
from services.auth.queries.regions import region_tree
from services.auth.queries.reviewers import reviewer, reviewers as read_reviewers
from services.auth.schemas.accounts import ChangeReviewer, Invited, InviteReviewer, ReviewerShown
from services.auth.schemas.administration import RegionTree
from services.auth.schemas.organizations import (
    ChangeOrganization,
    MakeOrganization,
    MergeOrganization,
    OrganizationKept,
    OrganizationListed,
)
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, PageDep, router
from shared.kit.web.paging import Listed

routes = router("/admin", tags=["administration"])
Filter = Annotated[str | None, Query(max_length=200)]


def _wanted(
    query: Filter = None,
    kind: Filter = None,
    region: Filter = None,
    programme: Filter = None,
    within: Filter = None,
    state: Literal["enabled", "disabled"] | None = None,
) -> Wanted:
    """Which organizations are asked for."""
    return Wanted(query, kind, region, programme, within, state)


WantedDep = Annotated[Wanted, Depends(_wanted)]


@routes.post("/organizations", status_code=201, response_model=OrganizationKept)
async def make_organization(body: MakeOrganization, caller: CallerDep, once: OnceDep) -> Response:
    """Make an organization."""
    return await once(201, organizations.make_organization, caller, body)


@routes.get("/organizations")
async def all_organizations(
    caller: CallerDep, database: DatabaseDep, page: PageDep, wanted: WantedDep
) -> Listed[OrganizationListed]:
    """See all organizations, disabled ones too; `within` a region with all below it."""
    return await database.read(read.organizations, caller, wanted, page)


@routes.get("/organizations/tree")
async def organization_tree(caller: CallerDep, database: DatabaseDep, programme: Filter = None) -> RegionTree:
    """See how many organizations lie in which province, city and county."""
    return await database.read(region_tree, caller, programme)


@routes.get("/organizations/{organization_id}")
async def one_organization(organization_id: UUID, caller: CallerDep, database: DatabaseDep) -> OrganizationListed:
    """See one organization."""
    return await database.read(read.organization, caller, organization_id)


@routes.post("/organizations/{organization_id}/merge")
async def merge_organization(
    organization_id: UUID, body: MergeOrganization, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep
) -> OrganizationListed:
    """Merge an organization into another: reviewers move, the old one is disabled and still finds the other."""
    await fleeting.bury(await database.act(merging.merge_organization, caller, organization_id, body.into))
    return await database.read(read.organization, caller, body.into)


@routes.patch("/organizations/{organization_id}")
async def change_organization(
    organization_id: UUID, body: ChangeOrganization, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep
) -> OrganizationKept:
    """Change or disable an organization; disabled, its reviewers are out at once."""
    kept, ended = await database.act(organizations.change_organization, caller, organization_id, body)
    await fleeting.bury(ended)
    return kept


@routes.post("/reviewers", status_code=201, response_model=Invited)
async def invite_reviewer(body: InviteReviewer, caller: CallerDep, once: OnceDep) -> Response:
    """Invite a reviewer; the letter's link sets the first password."""
    return await once(201, reviewers.invite_reviewer, caller, body)


@routes.get("/reviewers")
async def reviewers_of(
    caller: CallerDep,
    database: DatabaseDep,
    page: PageDep,
    organization_id: UUID | None = None,
    query: Filter = None,
) -> Listed[ReviewerShown]:
    """See all reviewers."""
    return await database.read(read_reviewers, caller, page, organization_id, query)


@routes.post("/reviewers/{account_id}/invitation", status_code=202, response_class=Response)
async def invite_again(account_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Mail a reviewer the invitation again."""
    await database.act(managed_accounts.invite_again, caller, account_id)
    return Response(status_code=202)


@routes.patch("/reviewers/{account_id}")
async def change_reviewer(
    account_id: UUID, body: ChangeReviewer, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep
) -> ReviewerShown:
    """Move, rename or disable a reviewer; what ends a right ends the sessions too."""
    await fleeting.bury(await database.act(reviewers.change_reviewer, caller, account_id, body))
    return await database.read(reviewer, caller, account_id)
