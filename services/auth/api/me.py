"""One's own account."""

from fastapi import Response

from services.auth import clients
from services.auth.actions import own_account, passwords
from services.auth.api.given import FleetingDep
from services.auth.queries import own
from services.auth.schemas.accounts import ChangeEmail, ChangeMe, Me
from shared.contracts.identity import Caller
from shared.kit.database import Database
from shared.kit.web import CallerDep, DatabaseDep, router

routes = router(tags=["accounts"])


@routes.get("/me")
async def me(caller: CallerDep, database: DatabaseDep) -> Me:
    """See one's own account, and how far one's declarations are."""
    return await _me(caller, database)


@routes.patch("/me")
async def change_me(body: ChangeMe, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep) -> Me:
    """Change telephone, language, or how letters come."""
    await fleeting.forget(await database.act(own_account.change_me, caller, body))
    return await _me(caller, database)


@routes.put("/me/email", status_code=202, response_class=Response)
async def change_email(body: ChangeEmail, caller: CallerDep, database: DatabaseDep) -> Response:
    """Ask for letters at another address: a link is sent there, and nothing changes until it is opened."""
    await passwords.confirmed(database, caller, body.current_password)
    await database.act(own_account.ask_email, caller, body.email)
    return Response(status_code=202)


@routes.post("/me/email-confirmations/{token}", status_code=204)
async def confirm_email(token: str, caller: CallerDep, database: DatabaseDep) -> None:
    """Confirm an address with the link that was sent there; nobody needs to be logged in."""
    await database.act(own_account.confirm_email, caller, token)


async def _me(caller: Caller, database: Database) -> Me:
    """The account, with what profile says of its programmes."""
    mine = await database.read(own.me, caller)
    if not mine.programmes:
        return mine
    known = await clients.statuses(mine.account_id)
    programmes = [one.model_copy(update={"status": known.get(one.programme)}) for one in mine.programmes]
    return mine.model_copy(update={"programmes": programmes})
