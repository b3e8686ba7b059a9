"""What auth asks of profile, signed: how far an account's declarations are."""

from uuid import UUID

import structlog

from shared.contracts.refusals import Refusal
from shared.kit.calls import Peer

PROFILE = Peer("profile", "auth")
log = structlog.get_logger(__name__)


async def statuses(account_id: UUID) -> dict[str, str]:
    """The status of each programme that the account has a profile in; nothing while profile is away."""
    try:
        answer = await PROFILE.get(f"/internal/accounts/{account_id}/statuses", on_behalf_of=account_id)
    except Refusal as refusal:
        log.warning("statuses_unknown", code=refusal.code)
        return {}
    return {str(programme): str(status) for programme, status in answer.items()}
