"""Forgotten passwords: asking for a link (quality 6.3) and setting a password with one (quality 6.4)."""

import hmac
from datetime import timedelta

from services.auth.actions import throttles
from services.auth.actions.hashing import Secret
from services.auth.actions.links import LinkDead, make_link, spend
from services.auth.actions.noting import note_account
from services.auth.actions.opening import email_index
from services.auth.actions.passwords import Owner, keep, tell_changed
from services.auth.actions.sessions import Ended, end_all
from services.auth.actions.telling import Link
from services.auth.models import Account
from services.auth.queries import accounts
from services.auth.rules import usernames
from services.auth.rules.limits import MISMATCH_ADDRESS, MISMATCH_NAME, RESET_ACCOUNT, RESET_ADDRESS, net_of
from services.auth.schemas.accounts import AskReset
from services.auth.settings import settings
from shared.contracts.events import PasswordResetAsked
from shared.contracts.identity import Caller
from shared.contracts.refusals import Invalid, Refusal
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.outbox import tell

MISMATCH = _("填写的帐号和邮箱不匹配，请核查后重试")


async def ask_reset(session: Session, caller: Caller, body: AskReset) -> Refusal | None:
    """Send a link when username and address match; say that they do not, until too many were tried.

    Both ways take the same steps: one look-up, one comparison, a link's row, what is counted, one commit. The refusal
    is given back, so that the count is kept. None is the neutral answer, right or wrong.
    """
    account = await accounts.by_name(session, body.username)
    given = email_index(body.email)
    fits = hmac.compare_digest(account.email_index if account else email_index(""), given)
    is_owner = account is not None and fits and account.disabled_at is None
    name, net = throttles.key_of(usernames.key(body.username)), net_of(caller.address)
    await throttles.hold(session, MISMATCH_NAME, name)
    is_open = not await throttles.wait_for(session, MISMATCH_NAME, name)
    is_open = not await throttles.wait_for(session, MISMATCH_ADDRESS, net) and is_open
    may_send = not await throttles.wait_for(session, RESET_ACCOUNT, str(account.id) if account else name)
    may_send = not await throttles.wait_for(session, RESET_ADDRESS, net) and may_send
    purpose = "mismatch" if not is_owner else "reset" if may_send else "unsent"
    link = await make_link(session, account, purpose, timedelta(minutes=settings().reset_minutes))
    await note_account(session, caller, "password_reset_asked", account.id if account else None, outcome=purpose)
    if account is not None and purpose == "reset":
        await throttles.count(session, (RESET_ACCOUNT, str(account.id)), (RESET_ADDRESS, net))
        await tell_asked(session, account, link)
    elif not is_owner:
        await throttles.count(session, (MISMATCH_NAME, name), (MISMATCH_ADDRESS, net))
    return Invalid("account_email_mismatch", MISMATCH) if is_open and not is_owner else None


async def tell_asked(session: Session, account: Account, link: Link) -> None:
    """Tell `PasswordResetAsked`, with the token wrapped for notify."""
    tell(
        session,
        PasswordResetAsked(
            account_id=account.id,
            request_id=new_id(),
            token=link.wrapped,
            asked_at=await clock.now(session),
            expires_at=link.expires_at,
            programme=account.opened_for,
        ),
    )


async def set_password(session: Session, caller: Caller, token: str, who: Owner, secret: Secret) -> Ended:
    """Spend the link and keep the password; all sessions end; tells `PasswordChanged` unless it was the first one."""
    purpose = await spend(session, token)
    if not await keep(session, who, secret):
        raise LinkDead
    if purpose == "reset":
        await tell_changed(session, who.account_id, by_reset=True)
    await note_account(session, caller, "password_reset", who.account_id, link=purpose)
    return await end_all(session, who.account_id)
