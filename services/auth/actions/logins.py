"""Login: captcha, limits, one hash always, and a session; the same bytes for unknown names and wrong passwords."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from prometheus_client import Counter
from sqlalchemy import update
from sqlmodel import col

from services.auth.actions import devices, throttles
from services.auth.actions.hashing import Secret, Verdict
from services.auth.actions.noting import note_account, note_owner
from services.auth.actions.sessions import open_session
from services.auth.models import Account
from services.auth.queries import accounts
from services.auth.queries.authority import is_shut_out
from services.auth.queries.passkeys import has_passkey
from services.auth.rules import usernames
from services.auth.rules.limits import LOGIN_ADDRESS, LOGIN_DEVICE, LOGIN_NAME, Limit, net_of
from services.auth.rules.logins import AccountLocked, BadCredentials, OrganizationDisabled
from services.auth.rules.passkeys import PasskeyRequired, is_asked
from services.auth.schemas.entering import LoggedIn
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Refusal
from shared.kit import clock
from shared.kit.clock import now_sql
from shared.kit.database import Session

LOGINS = Counter("juxian_logins", "Logins by how they ended", ["outcome"])
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who says to be the owner of an account: what to verify, and what a failure is counted under."""

    account_id: UUID | None
    """None where nobody may log in under the name."""
    known_id: UUID | None
    """The account of that name, usable or not."""
    username_key: str
    secret: Secret
    counted: tuple[tuple[Limit, str], ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """A login that succeeded: the answer, and the mark for the device."""

    answer: LoggedIn
    device: str


async def candidate(session: Session, caller: Caller, username: str, device: str | None) -> Candidate:
    """Look the name up, unless it is locked or too much comes from that net; both are refused alike for any name."""
    key = usernames.key(username)
    lock = _lock_of(key, device)
    await _demand_unlocked(session, lock)
    address = (LOGIN_ADDRESS, net_of(caller.address))
    await throttles.demand(session, *address)
    account = await accounts.by_name(session, username)
    usable = account is not None and account.disabled_at is None and not await _is_over(session, account)
    secret = Secret(account.password_kind, account.password) if account is not None and usable else Secret()  # type: ignore[arg-type]  # the database knows the three kinds
    known_id = account.id if account else None
    return Candidate(known_id if usable else None, known_id, key, secret, (lock, address))


async def log_in(session: Session, caller: Caller, who: Candidate, verdict: Verdict) -> Entered | Refusal:
    """Open a session, or count the failure. Refusals are given back, not raised: what was counted must be kept.

    Of many who try one name at once, those who come after the tenth failure are told that it is locked, right or not.
    """
    outcome = await _judged(session, caller, who, verdict)
    told = outcome.code if isinstance(outcome, Refusal) else "entered"
    LOGINS.labels(told).inc()
    log.info("login", outcome=told, net=net_of(caller.address))
    return outcome


async def _judged(session: Session, caller: Caller, who: Candidate, verdict: Verdict) -> Entered | Refusal:
    """The lock first, then the password, then the account as it is now."""
    lock, _address = who.counted
    await throttles.hold(session, *lock)
    seconds = await throttles.wait_for(session, *lock)
    if seconds:
        return AccountLocked(retry_after=seconds)
    if who.account_id is None or not verdict.fits:
        await throttles.count(session, *who.counted)
        await note_account(session, caller, "login_failed", who.known_id, by="password")
        return BadCredentials()
    account = await accounts.one(session, who.account_id)
    if Secret(account.password_kind, account.password) != who.secret or account.disabled_at is not None:  # type: ignore[arg-type]  # as above
        return BadCredentials()
    if is_asked(settings().passkey_required, account.roles) and await has_passkey(session, account.id):
        await note_account(session, caller, "login_failed", account.id, by="password", code=PasskeyRequired.code)
        return PasskeyRequired()
    if await is_shut_out(session, account):
        await note_account(session, caller, "login_failed", account.id, by="password", code=OrganizationDisabled.code)
        return OrganizationDisabled()
    await _note_login(session, account, verdict.renewed)
    await note_owner(session, caller, "logged_in", account, by="password")
    opened = await open_session(session, caller, account)
    answer = LoggedIn(
        access_token=opened.token,
        expires_at=opened.ends_at,
        must_change_password=account.must_change_password,
        roles=account.roles,
    )
    return Entered(answer, devices.new_device(who.username_key))


def _lock_of(key: str, device: str | None) -> tuple[Limit, str]:
    """What a failure locks: the name, or the owner's known device alone."""
    if device is not None and devices.is_known(device, key):
        return LOGIN_DEVICE, throttles.key_of(device)
    return LOGIN_NAME, throttles.key_of(key)


async def _demand_unlocked(session: Session, lock: tuple[Limit, str]) -> None:
    """Refuse with `account_locked` while there were too many failures."""
    seconds = await throttles.wait_for(session, *lock)
    if seconds:
        raise AccountLocked(retry_after=seconds)


async def _is_over(session: Session, account: Account) -> bool:
    """Whether the account's initial password has run out."""
    ends: datetime | None = account.password_ends_at
    return ends is not None and ends <= await clock.now(session)


async def _note_login(session: Session, account: Account, renewed: str | None) -> None:
    """Remember when, and keep the password's hash by today's parameters."""
    values = {"last_login_at": now_sql()} | ({"password": renewed} if renewed else {})
    await session.execute(update(Account).where(col(Account.id) == account.id).values(values))
