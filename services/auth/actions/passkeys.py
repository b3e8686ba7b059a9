"""Passkeys of one's own: added, renamed, revoked. A challenge is good for one answer."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlmodel import col
from webauthn import generate_registration_options, options_to_json, verify_registration_response
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from services.auth.actions.sessions import Ended, end_those_of_passkey, tokens_of
from services.auth.models import Passkey, PasskeyChallenge
from services.auth.queries import accounts
from services.auth.queries.passkeys import shown
from services.auth.rules import passkeys as rules
from services.auth.rules.passkeys import ChallengeDead, PasskeyKnown, PasskeyRefused, TooManyPasskeys
from services.auth.schemas.passkeys import AddPasskey, ChallengeGiven, Credential, PasskeyShown
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit import audit
from shared.kit.clock import now_sql
from shared.kit.database import Session
from shared.kit.ids import new_id

LASTS = timedelta(minutes=5)
PLATFORM = "聚贤"
WRONG = (WebAuthnException, ValueError, TypeError, KeyError)
"""What the library raises at what it is not meant to read."""


async def ask_registration(session: Session, caller: Caller) -> ChallengeGiven:
    """A challenge for a new passkey: one that its authenticator keeps, so that nobody types a username later."""
    account = await accounts.held(session, caller.person)
    found = await session.execute(select(col(Passkey.credential_id)).where(col(Passkey.account_id) == account.id))
    known = [PublicKeyCredentialDescriptor(id=one) for one in found.scalars()]
    if len(known) >= rules.MOST:
        raise TooManyPasskeys
    options = generate_registration_options(
        rp_id=rules.relying_party(settings().public_url),
        rp_name=PLATFORM,
        user_id=account.id.bytes,
        user_name=account.username,
        user_display_name=account.name,
        exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return await keep_challenge(session, "registration", options.challenge, options_to_json(options), account.id)


async def add_passkey(session: Session, caller: Caller, body: AddPasskey) -> tuple[PasskeyShown, Ended]:
    """Add a passkey; refused as ChallengeDead, PasskeyRefused or PasskeyKnown.

    Gives the sessions for which the gateway must ask again: an account that had to add one may go on.
    """
    challenge = await spend_challenge(session, "registration", body.challenge_id, caller.person)
    verified = _verified(body.credential, challenge)
    row_id = new_id()
    made = await session.execute(
        insert_or_skip(Passkey)
        .values(
            id=row_id,
            account_id=caller.person,
            credential_id=verified.credential_id,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            name=body.name.strip() or PLATFORM,
            synced=verified.credential_backed_up,
        )
        .on_conflict_do_nothing()
        .returning(Passkey)
    )
    row = made.scalar_one_or_none()
    if row is None:
        raise PasskeyKnown
    await audit.note(session, caller, "passkey_added", "account", caller.person, passkey=row.id, synced=row.synced)
    return shown(row), await tokens_of(session, caller.person)


async def rename_passkey(session: Session, caller: Caller, passkey_id: UUID, name: str) -> PasskeyShown:
    """Give one of one's passkeys another name."""
    renamed = await session.execute(
        update(Passkey)
        .where(col(Passkey.id) == passkey_id, col(Passkey.account_id) == caller.person)
        .values(name=name.strip() or PLATFORM)
        .returning(Passkey)
    )
    row = renamed.scalar_one_or_none()
    if row is None:
        raise Missing
    await audit.note(session, caller, "passkey_renamed", "account", caller.person, passkey=passkey_id)
    return shown(row)


async def revoke_passkey(session: Session, caller: Caller, passkey_id: UUID) -> Ended:
    """Revoke one of one's passkeys: the sessions that it opened end. Gives them, to be buried."""
    mine = (col(Passkey.id) == passkey_id, col(Passkey.account_id) == caller.person)
    if (await session.execute(select(col(Passkey.id)).where(*mine).with_for_update())).first() is None:
        raise Missing
    ended = await end_those_of_passkey(session, passkey_id)
    await session.execute(delete(Passkey).where(*mine))
    await audit.note(session, caller, "passkey_revoked", "account", caller.person, passkey=passkey_id)
    return ended


async def keep_challenge(
    session: Session, purpose: str, challenge: bytes, options: str, account_id: UUID | None = None
) -> ChallengeGiven:
    """Keep a challenge until it is answered."""
    challenge_id = new_id()
    await session.execute(
        insert(PasskeyChallenge).values(
            id=challenge_id, purpose=purpose, account_id=account_id, challenge=challenge, ends_at=now_sql() + LASTS
        )
    )
    given: dict[str, Any] = json.loads(options)
    return ChallengeGiven(challenge_id=challenge_id, options=given)


async def spend_challenge(session: Session, purpose: str, challenge_id: UUID, account_id: UUID | None = None) -> bytes:
    """Spend a challenge: whoever comes second, or too late, is refused as ChallengeDead."""
    spent = await session.execute(
        delete(PasskeyChallenge)
        .where(
            col(PasskeyChallenge.id) == challenge_id,
            col(PasskeyChallenge.purpose) == purpose,
            col(PasskeyChallenge.account_id).is_not_distinct_from(account_id),
            col(PasskeyChallenge.ends_at) > now_sql(),
        )
        .returning(col(PasskeyChallenge.challenge))
    )
    challenge = spent.scalar_one_or_none()
    if challenge is None:
        raise ChallengeDead
    return bytes(challenge)


def _verified(credential: Credential, challenge: bytes) -> VerifiedRegistration:
    """What the authenticator made, if it holds."""
    try:
        return verify_registration_response(
            credential=as_sent(credential),
            expected_challenge=challenge,
            expected_rp_id=rules.relying_party(settings().public_url),
            expected_origin=rules.origin(settings().public_url),
            require_user_verification=True,
        )
    except WRONG as error:
        raise PasskeyRefused from error


def as_sent(credential: Credential) -> dict[str, Any]:
    """The credential with the names that browsers use."""
    sent: dict[str, Any] = credential.model_dump(by_alias=True, exclude_none=True)
    return sent
