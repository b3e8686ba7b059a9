"""Passkeys: added, renamed, revoked by their owner, and logging in by one."""

from uuid import UUID

from fastapi import Response

from services.auth.actions import passkey_logins, passkeys, passwords
from services.auth.api.given import DEVICE, FleetingDep
from services.auth.queries import passkeys as read
from services.auth.schemas.entering import LoggedIn
from services.auth.schemas.passkeys import (
    AddPasskey,
    AskChallenge,
    ChallengeGiven,
    LogInByPasskey,
    PasskeyShown,
    PasskeysShown,
    RenamePasskey,
)
from shared.contracts.refusals import Refusal
from shared.kit.web import CallerDep, DatabaseDep, router

routes = router(tags=["accounts"])


@routes.get("/me/passkeys")
async def own_passkeys(caller: CallerDep, database: DatabaseDep) -> PasskeysShown:
    """See one's own passkeys."""
    return await database.read(read.own_passkeys, caller)


@routes.post("/me/passkeys/challenges", status_code=201)
async def ask_passkey(body: AskChallenge, caller: CallerDep, database: DatabaseDep) -> ChallengeGiven:
    """Begin to add a passkey, with the present password."""
    await passwords.confirmed(database, caller, body.current_password)
    return await database.act(passkeys.ask_registration, caller)


@routes.post("/me/passkeys", status_code=201)
async def add_passkey(
    body: AddPasskey, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep
) -> PasskeyShown:
    """Add a passkey: what the browser's authenticator made for the challenge."""
    added, going_on = await database.act(passkeys.add_passkey, caller, body)
    await fleeting.forget(going_on)
    return added


@routes.patch("/me/passkeys/{passkey_id}")
async def rename_passkey(
    passkey_id: UUID, body: RenamePasskey, caller: CallerDep, database: DatabaseDep
) -> PasskeyShown:
    """Give a passkey another name."""
    return await database.act(passkeys.rename_passkey, caller, passkey_id, body.name)


@routes.delete("/me/passkeys/{passkey_id}", status_code=204)
async def revoke_passkey(passkey_id: UUID, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep) -> None:
    """Revoke a passkey; the sessions that it opened end."""
    await fleeting.bury(await database.act(passkeys.revoke_passkey, caller, passkey_id))


@routes.post("/sessions/passkey/challenges", status_code=201)
async def ask_passkey_login(caller: CallerDep, database: DatabaseDep) -> ChallengeGiven:
    """Begin to log in by a passkey; no username is needed."""
    return await database.act(passkey_logins.ask_login, caller)


@routes.post("/sessions/passkey", status_code=201)
async def log_in_by_passkey(
    body: LogInByPasskey, caller: CallerDep, database: DatabaseDep, response: Response
) -> LoggedIn:
    """Log in by a passkey: gives the token of a new session, shown this once."""
    outcome = await database.act(passkey_logins.log_in_by_passkey, caller, body)
    if isinstance(outcome, Refusal):
        raise outcome
    response.headers[DEVICE] = outcome.device
    return outcome.answer
