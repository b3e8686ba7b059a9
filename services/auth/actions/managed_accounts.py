"""What administrators do to an account: disable and enable it, unlock it, mail its owner a link, revoke passkeys."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col

from services.auth.actions import telling, throttles
from services.auth.actions.links import make_link
from services.auth.actions.resets import tell_asked
from services.auth.actions.sessions import Ended, end_all
from services.auth.models import Account, Attempt, Passkey
from services.auth.queries import accounts
from services.auth.queries.authority import demand_administrator
from services.auth.rules.limits import LOGIN_NAME, OWN_PASSWORD
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.database import Session

OWN = _("不能停用自己的帐号，请由另一位管理员操作。")
DISABLED = _("该帐号已停用，请先启用。")
ACCEPTED = _("对方已设置密码，无需再次邀请；如忘记密码，请发送重置链接。")


async def set_disabled(session: Session, caller: Caller, account_id: UUID, *, disabled: bool) -> Ended:
    """Disable or enable an account; tells `AccountChanged`. Gives the sessions that ended, to be buried."""
    await demand_administrator(session, caller)
    account = await accounts.held(session, account_id)
    if account.id == caller.person:
        raise Conflict("own_account", OWN)
    if disabled == (account.disabled_at is not None):
        return ()
    account.disabled_at = await clock.now(session) if disabled else None
    await telling.changed(session, account)
    await audit.note(session, caller, "account_disabled" if disabled else "account_enabled", "account", account.id)
    return await end_all(session, account.id) if disabled else ()


async def unlock(session: Session, caller: Caller, account_id: UUID) -> None:
    """Forget the wrong passwords that were tried under the account's name."""
    await demand_administrator(session, caller)
    account = await accounts.held(session, account_id)
    keys = ((LOGIN_NAME, throttles.key_of(account.username_key)), (OWN_PASSWORD, str(account.id)))
    for limit, key in keys:
        await session.execute(delete(Attempt).where(col(Attempt.kind) == limit.kind, col(Attempt.key) == key))
    await audit.note(session, caller, "account_unlocked", "account", account.id)


async def send_reset(session: Session, caller: Caller, account_id: UUID) -> None:
    """Mail the owner a link that sets a new password; who was invited and has none yet gets the invitation again.

    Tells `PasswordResetAsked` or `AccountOpened`. Nobody but the owner learns the link.
    """
    await demand_administrator(session, caller)
    account = await accounts.held(session, account_id)
    if account.disabled_at is not None:
        raise Conflict("account_disabled", DISABLED)
    if account.password is None:
        await _invite(session, caller, account)
        return
    link = await make_link(session, account, "reset", timedelta(minutes=settings().reset_minutes))
    await tell_asked(session, account, link)
    await audit.note(session, caller, "reset_sent", "account", account.id)


async def revoke_passkeys(session: Session, caller: Caller, account_id: UUID) -> Ended:
    """Revoke every passkey of an account whose owner has lost them: a password lets in again, to add another.

    All its sessions end; gives them, to be buried.
    """
    await demand_administrator(session, caller)
    account = await accounts.held(session, account_id)
    ended = await end_all(session, account.id)
    gone = await session.execute(
        delete(Passkey).where(col(Passkey.account_id) == account.id).returning(col(Passkey.id))
    )
    await audit.note(session, caller, "passkeys_revoked", "account", account.id, count=len(gone.all()))
    return ended


async def invite_again(session: Session, caller: Caller, account_id: UUID) -> None:
    """Mail a reviewer the invitation again; the older link opens nothing any more. Tells `AccountOpened`."""
    await demand_administrator(session, caller)
    account = await accounts.held(session, account_id)
    if account.disabled_at is not None:
        raise Conflict("account_disabled", DISABLED)
    if account.password is not None:
        raise Conflict("invitation_accepted", ACCEPTED)
    await _invite(session, caller, account)


async def _invite(session: Session, caller: Caller, account: Account) -> None:
    """A new link, and the letter that holds it."""
    link = await make_link(session, account, "invitation", timedelta(days=settings().invitation_days))
    account.version += 1
    session.add(account)
    await session.flush()
    await telling.opened(session, account, link=link)
    await audit.note(session, caller, "invitation_sent_again", "account", account.id)
