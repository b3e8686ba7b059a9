"""Who may administer: read from the account itself, since a session's roles are hints (quality A28, A31)."""

from services.auth.queries import accounts
from shared.contracts.identity import Caller
from shared.contracts.refusals import Forbidden, Missing, Unauthenticated
from shared.contracts.texts import _
from shared.kit.database import Session

ADMINISTRATORS_ONLY = _("只有管理员可以使用此功能。")


async def demand_administrator(session: Session, caller: Caller) -> None:
    """Refuse everyone but an administrator whose account is enabled."""
    try:
        account = await accounts.one(session, caller.person)
    except Missing:
        raise Unauthenticated from None
    if "administrator" not in account.roles or account.disabled_at is not None:
        raise Forbidden("administrators_only", ADMINISTRATORS_ONLY)
