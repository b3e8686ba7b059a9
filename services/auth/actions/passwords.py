"""One's own password: changed by whoever knows the present one; every other session of the account ends."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from services.auth.actions import throttles
from services.auth.actions.hashing import Secret, hashing
from services.auth.actions.sessions import Ended, end_all, tokens_of
from services.auth.models import Account
from services.auth.queries import accounts
from services.auth.rules import passwords
from services.auth.rules.accounts import context
from services.auth.rules.limits import OWN_PASSWORD
from shared.contracts.events import PasswordChanged
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Fault, Invalid, Refusal, TooMany
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.database import Database, Session
from shared.kit.outbox import tell

WRONG = _("当前密码不正确。")


class Owner(NamedTuple):
    """What judging a new password needs to know of the account."""

    account_id: UUID
    secret: Secret
    roles: tuple[str, ...]
    words: tuple[str, ...]


async def owner(session: Session, account_id: UUID) -> Owner:
    """The account as a new password is judged by."""
    account = await accounts.one(session, account_id)
    email = (await accounts.contact(session, account)).email
    words = context(account.username, account.name, email)
    return Owner(account.id, Secret(account.password_kind, account.password), tuple(account.roles), words)  # type: ignore[arg-type]  # the database knows the three kinds


async def demand_good(who: Owner, new_password: str) -> None:
    """Refuse a password that is too short, too long, too easily guessed, or the present one again."""
    fault = passwords.fault(new_password, who.roles, who.words)
    if fault is None and (await hashing().verify(who.secret, new_password)).fits:
        fault = Fault("password_unchanged", passwords.AS_BEFORE, field="new_password")
    if fault is not None:
        raise Invalid(fault.code if fault.code == "password_unchanged" else None, faults=[fault])


async def confirmed(database: Database, caller: Caller, current_password: str) -> Owner:
    """The caller's account, once the present password was right; failures are counted, and lock after ten."""
    who = await database.read(owner, caller.person)
    await database.read(throttles.demand, OWN_PASSWORD, str(who.account_id))
    verdict = await hashing().verify(who.secret, current_password)
    outcome = await database.act(_counted, who, is_right=verdict.fits)
    if outcome is not None:
        raise outcome
    return who


async def _counted(session: Session, who: Owner, *, is_right: bool) -> Refusal | None:
    """Count a wrong present password; the refusal is given back, so that the count is kept.

    Of many at once, those who come after the tenth failure are refused, right or not.
    """
    await throttles.hold(session, OWN_PASSWORD, str(who.account_id))
    seconds = await throttles.wait_for(session, OWN_PASSWORD, str(who.account_id))
    if seconds:
        return TooMany(retry_after=seconds)
    if is_right:
        return None
    await throttles.count(session, (OWN_PASSWORD, str(who.account_id)))
    return Invalid(
        "current_password_wrong", WRONG, faults=[Fault("current_password_wrong", WRONG, field="current_password")]
    )


async def change_password(session: Session, caller: Caller, who: Owner, secret: Secret) -> tuple[Ended, Ended]:
    """Keep the new password; the session that asks goes on, every other ends; tells `PasswordChanged`.

    Gives the sessions that ended and those that the gateway must ask for again. Somebody else's change in the same
    moment wins: then this one is a Conflict.
    """
    if not await keep(session, who, secret):
        raise Conflict
    ended = await end_all(session, who.account_id, but=caller.session_id)
    await tell_changed(session, who.account_id, by_reset=False)
    await audit.note(session, caller, "password_changed", "account", who.account_id)
    return ended, await tokens_of(session, who.account_id)


async def keep(session: Session, who: Owner, secret: Secret) -> bool:
    """Write a password over the one that `who` was read with; False where that is not there any more."""
    kept = await session.execute(
        update(Account)
        .where(col(Account.id) == who.account_id, col(Account.password).is_not_distinct_from(who.secret.value))
        .values(
            password=secret.value,
            password_kind=secret.kind,
            password_version=col(Account.password_version) + 1,
            password_ends_at=None,
            must_change_password=False,
        )
        .returning(col(Account.id))
    )
    return kept.first() is not None


async def tell_changed(session: Session, account_id: UUID, *, by_reset: bool) -> None:
    """Tell `PasswordChanged`."""
    tell(session, PasswordChanged(account_id=account_id, changed_at=await clock.now(session), by_reset=by_reset))
