"""Captchas, registration, login, and one's own sessions."""

from uuid import UUID

from fastapi import Response

from services.auth.actions import logins, registration, sessions
from services.auth.actions.hashing import hashing
from services.auth.api.given import DEVICE, CaptchasDep, DeviceDep, FleetingDep
from services.auth.queries.sessions import own_sessions as read_sessions
from services.auth.schemas.entering import CaptchaShown, LoggedIn, LogIn, Register, Registered, SessionsShown
from shared.contracts.refusals import Refusal
from shared.kit.web import CallerDep, DatabaseDep, OnceDep, router

routes = router(tags=["accounts"])


@routes.post("/captchas", status_code=201)
async def make_captcha(_caller: CallerDep, captchas: CaptchasDep) -> CaptchaShown:
    """Get a captcha: a picture and the same digits spoken, good for five minutes and one answer."""
    return await captchas.make()


@routes.post("/registrations", status_code=201, response_model=Registered)
async def register(
    body: Register, caller: CallerDep, database: DatabaseDep, captchas: CaptchasDep, once: OnceDep
) -> Response:
    """Open an account for a programme that people register for by themselves."""
    try:
        return await once(201, registration.register, caller, body, captchas)
    except registration.UsernameTaken:
        await database.act(registration.count_taken, caller)
        raise


@routes.post("/sessions", status_code=201)
async def log_in(
    body: LogIn,
    caller: CallerDep,
    database: DatabaseDep,
    captchas: CaptchasDep,
    response: Response,
    device: DeviceDep = None,
) -> LoggedIn:
    """Log in: gives the token of a new session, shown this once."""
    await captchas.demand(body)
    who = await database.read(logins.candidate, caller, body.username, device)
    verdict = await hashing().verify(who.secret, body.password)
    outcome = await database.act(logins.log_in, caller, who, verdict)
    if isinstance(outcome, Refusal):
        raise outcome
    response.headers[DEVICE] = outcome.device
    return outcome.answer


@routes.delete("/sessions/current", status_code=204)
async def log_out(caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep) -> None:
    """Log out: the token is dead at once."""
    await fleeting.bury(await database.act(sessions.end_current, caller))


@routes.get("/me/sessions")
async def own_sessions(caller: CallerDep, database: DatabaseDep) -> SessionsShown:
    """See where one is logged in."""
    return await database.read(read_sessions, caller)


@routes.delete("/me/sessions/{session_id}", status_code=204)
async def end_session(session_id: UUID, caller: CallerDep, database: DatabaseDep, fleeting: FleetingDep) -> None:
    """End one of one's own sessions."""
    await fleeting.bury(await database.act(sessions.end_one, caller, session_id))
