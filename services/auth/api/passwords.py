"""Passwords: changed by who knows them, reset by who can read the account's letters."""

from fastapi import Response

from services.auth.actions import links, passwords, resets
from services.auth.actions.hashing import hashing
from services.auth.api.given import CaptchasDep, FleetingDep
from services.auth.schemas.accounts import AskReset, ChangePassword, SetPassword
from shared.kit.web import CallerDep, DatabaseDep, router

routes = router(tags=["accounts"])


@routes.post("/me/password", status_code=204)
async def change_password(
    body: ChangePassword, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep
) -> None:
    """Change one's password: this session goes on, every other ends."""
    who = await passwords.confirmed(database, caller, body.current_password)
    await passwords.demand_good(who, body.new_password)
    secret = await hashing().keep(body.new_password)
    ended, going_on = await database.act(passwords.change_password, caller, who, secret)
    await fleeting.bury(ended)
    await fleeting.forget(going_on)


@routes.post("/password-resets", status_code=202, response_class=Response)
async def ask_reset(body: AskReset, caller: CallerDep, database: DatabaseDep, captchas: CaptchasDep) -> Response:
    """Ask for a link that sets a new password; username and address must be those of one account."""
    await captchas.demand(body)
    refusal = await database.act(resets.ask_reset, caller, body)
    if refusal is not None:
        raise refusal
    return Response(status_code=202)


@routes.post("/password-resets/{token}", status_code=204)
async def set_password(
    token: str, body: SetPassword, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep
) -> None:
    """Set a new password with the link of a letter; every session of the account ends."""
    who = await database.read(links.link_owner, token)
    await passwords.demand_good(who, body.new_password)
    secret = await hashing().keep(body.new_password)
    await fleeting.bury(await database.act(resets.set_password, caller, token, who, secret))
