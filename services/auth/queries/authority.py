"""Who may administer, and who may not come in: read from the account itself, for a session's roles are hints."""

from services.auth.models import Account, Organization
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


async def is_shut_out(session: Session, account: Account) -> bool:
    """Whether the account is a reviewer's, and nothing else, whose organization is disabled."""
    if account.organization_id is None or set(account.roles) != {"reviewer"}:
        return False
    place = await session.get(Organization, account.organization_id)
    return place is not None and place.disabled_at is not None
