"""Letters of accounts: opened, password asked for and changed, address to be confirmed, security notices."""

from datetime import datetime

from services.notify.rules.drafts import Draft, Json, Owner
from shared.contracts.events import (
    AccountOpened,
    EmailChangeAsked,
    PasswordChanged,
    PasswordResetAsked,
    SecurityNoticed,
)

LOGIN = "/login"
RESET = "/reset/{token}"
CONFIRMATION = "/email-confirmations/{token}"


def of_account_opened(event: AccountOpened) -> tuple[Draft, ...]:
    """Registered, provisioned or invited; an account that an operator made is known to the one who made it."""
    params: dict[str, Json] = {"username": event.username, "at": event.opened_at.isoformat()}
    owner = Owner(event.account_id)
    match event.opened_by:
        case "registration":
            return (Draft("account_registered", owner, LOGIN, params, event.programme),)
        case "import":
            return (Draft("account_provisioned", owner, LOGIN, params, event.programme, can_wait=True),)
        case "invitation" if event.link_token and event.link_expires_at:
            draft = Draft("reviewer_invited", owner, RESET, params, event.programme)
            return (_with_token(draft, event.link_token, event.link_expires_at),)
        case _:
            return ()


def of_password_reset(event: PasswordResetAsked) -> tuple[Draft, ...]:
    """The link that sets a new password."""
    params: dict[str, Json] = {"at": event.asked_at.isoformat()}
    draft = Draft("password_reset", Owner(event.account_id), RESET, params, event.programme)
    return (_with_token(draft, event.token, event.expires_at),)


def of_password_changed(event: PasswordChanged) -> tuple[Draft, ...]:
    """The notice to the owner, who may not be the one who changed it."""
    params: dict[str, Json] = {"at": event.changed_at.isoformat(), "by_reset": event.by_reset}
    return (Draft("password_changed", Owner(event.account_id), LOGIN, params),)


def of_email_change(event: EmailChangeAsked) -> tuple[Draft, ...]:
    """The link that confirms an address, sent there and nowhere else."""
    draft = Draft("email_change_confirmation", Owner(event.account_id, email=event.email), CONFIRMATION, {})
    return (_with_token(draft, event.token, event.expires_at),)


def of_security_notice(event: SecurityNoticed) -> tuple[Draft, ...]:
    """What the owner should know of."""
    params: dict[str, Json] = {"at": event.noticed_at.isoformat(), "notice": event.kind}
    return (Draft("security_notice", Owner(event.account_id), LOGIN, params),)


def _with_token(draft: Draft, token: str, expires_at: datetime) -> Draft:
    """A letter that is its link: urgent, of no use afterwards, and with no copy in the portal."""
    return Draft(
        draft.letter,
        draft.to,
        draft.link,
        {**draft.params, "until": expires_at.isoformat()},
        draft.programme,
        token=token,
        expires_at=expires_at,
        urgent=True,
        shown=False,
    )
