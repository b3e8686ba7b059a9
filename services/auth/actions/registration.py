"""Registration: somebody opens an account for a programme by themselves."""

from sqlalchemy import select
from sqlmodel import col

from services.auth.actions import notices, telling, throttles
from services.auth.actions.captchas import Captchas
from services.auth.actions.hashing import hashing
from services.auth.actions.opening import Opening, email_index, open_account
from services.auth.models import Account
from services.auth.rules import registration
from services.auth.rules.limits import TAKEN_ADDRESS, net_of
from services.auth.rules.registration import Registration, Wanted
from services.auth.schemas.entering import Register, Registered
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Fault, Invalid
from shared.contracts.texts import _
from shared.kit.database import Session
from shared.programmes.catalogue import PROGRAMMES

TAKEN = _("用户名“{username}”已被使用，请换一个。")


class UsernameTaken(Conflict):
    """Somebody else has this username (409)."""

    code = "username_taken"
    sentence = TAKEN


def taken(username: str) -> UsernameTaken:
    """The refusal that names the username and its field."""
    fault = Fault("username_taken", TAKEN, field="username", values=(("username", username),))
    return UsernameTaken(faults=[fault], username=username)


async def register(session: Session, caller: Caller, body: Register, captchas: Captchas) -> Registered:
    """Open an account: every fault at once, then the captcha, then the name; tells `AccountOpened`.

    An address that another account has already is no obstacle (families share one), but that account's owner is told.
    """
    slug = body.programme or settings().default_programme
    wanted = Wanted(body.username, body.password, body.password_confirm, body.accept_terms, body.model_extra or {})
    accepted, faults = registration.judge(PROGRAMMES.get(slug), wanted, trial=not settings().smtp_url)
    if accepted is None:
        raise Invalid(faults=faults)
    await captchas.demand(body)
    await throttles.demand(session, TAKEN_ADDRESS, net_of(caller.address))
    account = await _open(session, slug, accepted, body.password)
    await telling.opened(session, account, slug)
    return Registered(account_id=account.id, username=account.username)


async def count_taken(session: Session, caller: Caller) -> None:
    """Count an answer that said that a username is taken: nobody may ask for names without end."""
    await throttles.count(session, (TAKEN_ADDRESS, net_of(caller.address)))


async def _open(session: Session, slug: str, accepted: Registration, password: str) -> Account:
    """Write the account, and tell the owner of an account with the same address."""
    earlier = await _with_address(session, accepted.email)
    account = await open_account(
        session,
        Opening(
            username=accepted.username,
            name=accepted.name,
            email=accepted.email,
            mobile=accepted.mobile,
            opened_by="registration",
            programme=slug,
            secret=await hashing().keep(password),
            registration=accepted.values,
        ),
    )
    if account is None:
        raise taken(accepted.username)
    if earlier is not None:
        await notices.notice(session, earlier, "address_used_again")
    return account


async def _with_address(session: Session, email: str) -> Account | None:
    """The oldest account with that address that is in use."""
    same = (col(Account.email_index) == email_index(email), col(Account.disabled_at).is_(None))
    found = await session.execute(select(Account).where(*same).order_by(col(Account.id)).limit(1))
    return found.scalar_one_or_none()
