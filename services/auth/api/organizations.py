"""The public list of organizations."""

from typing import Annotated

from fastapi import Query

from services.auth.queries import organizations as read
from services.auth.queries.organizations import Wanted
from services.auth.schemas.organizations import OrganizationShown
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router
from shared.kit.web.paging import Listed

routes = router(tags=["organizations"])
Filter = Annotated[str | None, Query(max_length=200)]


@routes.get("/organizations")
async def organizations(
    _caller: CallerDep,
    database: DatabaseDep,
    page: PageDep,
    query: Filter = None,
    kind: Filter = None,
    region: Filter = None,
    programme: Filter = None,
) -> Listed[OrganizationShown]:
    """Find organizations by name, pinyin or initials."""
    return await database.read(read.public_list, Wanted(query, kind, region, programme), page)
