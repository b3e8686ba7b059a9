"""Accounts, kept by administrators."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response

from services.auth.actions import managed_accounts as actions
from services.auth.api.given import FleetingDep
from services.auth.queries import managed_accounts as read
from services.auth.queries.managed_accounts import Sought
from services.auth.schemas.administration import AccountItem, AccountShown, ChangeAccount
from shared.contracts.identity import Role
from shared.kit.web import CallerDep, DatabaseDep, PageDep, router
from shared.kit.web.paging import Listed

routes = router("/admin/accounts", tags=["administration"])
State = Literal["enabled", "disabled", "locked", "never_logged_in"]


@routes.get("")
async def managed_accounts(
    caller: CallerDep,
    database: DatabaseDep,
    page: PageDep,
    query: Annotated[str | None, Query(max_length=200)] = None,
    kind: Role | None = None,
    organization_id: UUID | None = None,
    programme: Annotated[str | None, Query(max_length=200)] = None,
    state: State | None = None,
) -> Listed[AccountItem]:
    """Find accounts by name, pinyin, initials or username."""
    sought = Sought(query, kind, organization_id, programme, state)
    return await database.read(read.managed_accounts, caller, sought, page)


@routes.get("/{account_id}")
async def managed_account(account_id: UUID, caller: CallerDep, database: DatabaseDep) -> AccountShown:
    """See one account with its logins and sessions."""
    return await database.read(read.managed_account, caller, account_id)


@routes.patch("/{account_id}")
async def change_account(
    account_id: UUID, body: ChangeAccount, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep
) -> AccountShown:
    """Disable or enable an account; disabled, it is out at once."""
    await fleeting.bury(await database.act(actions.set_disabled, caller, account_id, disabled=body.disabled))
    return await database.read(read.managed_account, caller, account_id)


@routes.post("/{account_id}/unlock", status_code=204)
async def unlock_account(account_id: UUID, caller: CallerDep, database: DatabaseDep) -> None:
    """Let the account log in again after too many wrong passwords."""
    await database.act(actions.unlock, caller, account_id)


@routes.delete("/{account_id}/passkeys", status_code=204)
async def revoke_passkeys(account_id: UUID, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep) -> None:
    """Revoke all passkeys of somebody who has lost them; every session of the account ends."""
    await fleeting.bury(await database.act(actions.revoke_passkeys, caller, account_id))


@routes.post("/{account_id}/reset", status_code=202, response_class=Response)
async def reset_account(account_id: UUID, caller: CallerDep, database: DatabaseDep) -> Response:
    """Mail the owner a link that sets a new password."""
    await database.act(actions.send_reset, caller, account_id)
    return Response(status_code=202)
