"""What auth tells of accounts: their whole public state, with a version that grows."""

from datetime import datetime
from typing import Any, NamedTuple

from services.auth.models import Account
from services.auth.queries import accounts
from shared.contracts.events import AccountChanged, AccountOpened
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.outbox import tell
from shared.kit.vault import vault

LINK = "letter-token"
"""The purpose under which clear tokens are wrapped for notify."""


class Link(NamedTuple):
    """A link for a letter: the clear token and when it ends."""

    token: str
    expires_at: datetime

    @property
    def wrapped(self) -> str:
        """The token as it travels in an event."""
        return vault().wrap(self.token, LINK)


async def opened(session: Session, account: Account, programme: str | None = None, link: Link | None = None) -> None:
    """Tell that an account was opened; `link` sets the first password of an invited reviewer."""
    opening: dict[str, Any] = {
        "opened_by": account.opened_by,
        "programme": programme,
        "link_token": link.wrapped if link else None,
        "link_expires_at": link.expires_at if link else None,
        "opened_at": await clock.now(session),
    }
    tell(session, AccountOpened(**await _state(session, account), **opening))


async def changed(session: Session, account: Account) -> None:
    """Give the account its next version, and tell its state."""
    account.version += 1
    session.add(account)
    await session.flush()
    tell(session, AccountChanged(**await _state(session, account)))


async def _state(session: Session, account: Account) -> dict[str, Any]:
    """The public state of an account, as events carry it."""
    return {
        "account_id": account.id,
        "version": account.version,
        "username": account.username,
        "name": account.name,
        "email": (await accounts.contact(session, account)).email,
        "language": account.language,
        "mail_mode": account.mail_mode,
        "roles": tuple(account.roles),
        "organization_id": account.organization_id,
        "programmes": await accounts.programmes(session, account),
        "disabled": account.disabled_at is not None,
        "id_index": account.id_index,
    }
