"""Login by a passkey: nobody types a name; the authenticator says whose it is, and signs a challenge."""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlmodel import col
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    options_to_json,
    verify_authentication_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers.structs import UserVerificationRequirement

from services.auth.actions import devices, throttles
from services.auth.actions.logins import LOGINS, Entered
from services.auth.actions.noting import note_account, note_owner
from services.auth.actions.passkeys import WRONG, as_sent, keep_challenge, spend_challenge
from services.auth.actions.sessions import open_session
from services.auth.models import Account, Passkey
from services.auth.queries.authority import is_shut_out
from services.auth.rules import passkeys as rules
from services.auth.rules.limits import LOGIN_ADDRESS, net_of
from services.auth.rules.logins import OrganizationDisabled
from services.auth.rules.passkeys import PasskeyUnknown
from services.auth.schemas.entering import LoggedIn
from services.auth.schemas.passkeys import ChallengeGiven, Credential, LogInByPasskey
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Refusal
from shared.kit.clock import now_sql
from shared.kit.database import Session

log = structlog.get_logger(__name__)


async def ask_login(session: Session, caller: Caller) -> ChallengeGiven:
    """A challenge that any passkey of this platform may answer."""
    await throttles.demand(session, LOGIN_ADDRESS, net_of(caller.address))
    options = generate_authentication_options(
        rp_id=rules.relying_party(settings().public_url), user_verification=UserVerificationRequirement.REQUIRED
    )
    return await keep_challenge(session, "login", options.challenge, options_to_json(options))


async def log_in_by_passkey(session: Session, caller: Caller, body: LogInByPasskey) -> Entered | Refusal:
    """Open a session for the passkey's owner, or count the failure; a refusal is given back, so that the count is kept.

    The challenge is spent either way. A signature counter that did not grow betrays a copied passkey: refused.
    """
    net = (LOGIN_ADDRESS, net_of(caller.address))
    await throttles.demand(session, *net)
    challenge = await spend_challenge(session, "login", body.challenge_id)
    passkey, account = await _owner(session, body.credential)
    verified = _verified(body.credential, challenge, passkey) if passkey else None
    if passkey is None or account is None or verified is None:
        await throttles.count(session, net)
        await note_account(session, caller, "login_failed", passkey.account_id if passkey else None, by="passkey")
        LOGINS.labels(PasskeyUnknown.code).inc()
        return PasskeyUnknown()
    if await is_shut_out(session, account):
        await note_account(session, caller, "login_failed", account.id, by="passkey", code=OrganizationDisabled.code)
        LOGINS.labels(OrganizationDisabled.code).inc()
        return OrganizationDisabled()
    await _note_use(session, passkey, account, verified)
    await note_owner(session, caller, "logged_in", account, by="passkey")
    LOGINS.labels("entered").inc()
    opened = await open_session(session, caller, account, passkey.id)
    return Entered(_answer(account, opened.token, opened.ends_at), devices.new_device(account.username_key))


def _answer(account: Account, token: str, ends_at: datetime) -> LoggedIn:
    """What a login by password answers too."""
    return LoggedIn(
        access_token=token,
        expires_at=ends_at,
        must_change_password=account.must_change_password,
        roles=account.roles,
    )


async def _owner(session: Session, credential: Credential) -> tuple[Passkey | None, Account | None]:
    """The passkey and its account, where it may log in."""
    try:
        credential_id, handle = base64url_to_bytes(credential.raw_id), _handle(credential)
    except WRONG:
        return None, None
    found = await session.execute(
        select(Passkey, Account)
        .join(Account, col(Account.id) == col(Passkey.account_id))
        .where(col(Passkey.credential_id) == credential_id)
        .with_for_update(of=Passkey)
    )
    row = found.first()
    if row is None:
        return None, None
    passkey, account = row
    may_enter = account.disabled_at is None and handle in {None, account.id}
    return passkey, account if may_enter else None


def _handle(credential: Credential) -> UUID | None:
    """The account that the authenticator names; ValueError where it names none of ours."""
    said = credential.response.get("userHandle")
    return UUID(bytes=base64url_to_bytes(str(said))) if said else None


def _verified(credential: Credential, challenge: bytes, passkey: Passkey) -> VerifiedAuthentication | None:
    """What the authenticator signed, if it holds."""
    try:
        return verify_authentication_response(
            credential=as_sent(credential),
            expected_challenge=challenge,
            expected_rp_id=rules.relying_party(settings().public_url),
            expected_origin=rules.origin(settings().public_url),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except WRONG as error:
        log.warning("passkey_refused", error=type(error).__name__)
        return None


async def _note_use(session: Session, passkey: Passkey, account: Account, verified: VerifiedAuthentication) -> None:
    """Remember how often it has signed, and when."""
    await session.execute(
        update(Passkey)
        .where(col(Passkey.id) == passkey.id)
        .values(sign_count=verified.new_sign_count, synced=verified.credential_backed_up, last_used_at=now_sql())
    )
    await session.execute(update(Account).where(col(Account.id) == account.id).values(last_login_at=now_sql()))
