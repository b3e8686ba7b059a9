"""What an owner changes of the own account: telephone, language, how letters come, the address."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert, update
from sqlmodel import col

from services.auth.actions import telling, throttles
from services.auth.actions.noting import note_owner
from services.auth.actions.opening import email_index, sealed_email, sealed_mobile
from services.auth.actions.sessions import Ended, tokens_of
from services.auth.actions.telling import Link
from services.auth.actions.tokens import digest, new_token
from services.auth.models import EmailChange
from services.auth.queries import accounts
from services.auth.rules import contacts
from services.auth.rules.limits import EMAIL_ACCOUNT
from services.auth.schemas.accounts import ChangeMe
from services.auth.settings import settings
from shared.contracts.events import EmailChangeAsked
from shared.contracts.identity import Caller
from shared.contracts.refusals import Gone, Invalid
from shared.contracts.texts import _
from shared.kit.clock import now_sql
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.outbox import tell
from shared.kit.vault import vault


class ConfirmationDead(Gone):
    """The link was used, is too old, was replaced by a newer one, or never was (410)."""

    code = "confirmation_link_dead"
    sentence = _("该确认链接已失效，请重新提交新邮箱。")


async def change_me(session: Session, caller: Caller, body: ChangeMe) -> Ended:
    """Change what is given; tells `AccountChanged`. Gives the sessions that the gateway must ask for again."""
    account = await accounts.held(session, caller.person)
    if body.mobile is not None:
        mobile = contacts.mobile(body.mobile)
        if mobile is None:
            raise Invalid(faults=[contacts.mobile_fault()])
        account.mobile = await sealed_mobile(session, account.id, mobile)
    account.language = body.language or account.language
    account.mail_mode = body.mail_mode or account.mail_mode
    await telling.changed(session, account)
    return await tokens_of(session, account.id)


async def ask_email(session: Session, caller: Caller, email: str) -> None:
    """Send a link to another address; until it is opened, letters go where they went. Tells `EmailChangeAsked`."""
    address = contacts.email(email, trial=not settings().smtp_url)
    if address is None:
        raise Invalid(faults=[contacts.email_fault()])
    account = await accounts.held(session, caller.person)
    await throttles.demand(session, EMAIL_ACCOUNT, str(account.id))
    await throttles.count(session, (EMAIL_ACCOUNT, str(account.id)))
    change_id, link = await _make_change(session, account.id, address)
    tell(
        session,
        EmailChangeAsked(
            account_id=account.id,
            request_id=change_id,
            email=address,
            token=link.wrapped,
            expires_at=link.expires_at,
        ),
    )


async def _make_change(session: Session, account_id: UUID, address: str) -> tuple[UUID, Link]:
    """Write the wish for another address; older wishes are void."""
    mine = (col(EmailChange.account_id) == account_id, col(EmailChange.used_at).is_(None))
    await session.execute(update(EmailChange).where(*mine).values(voided_at=now_sql()))
    change_id, token = new_id(), new_token()
    sealed = await vault().seal(session, account_id, address, table="email_change", column="email", row_id=change_id)
    made = await session.execute(
        insert(EmailChange)
        .values(
            id=change_id,
            account_id=account_id,
            email=sealed,
            token_sha256=token.sha256,
            expires_at=now_sql() + timedelta(hours=settings().email_hours),
        )
        .returning(col(EmailChange.expires_at))
    )
    return change_id, Link(token.clear, made.scalar_one())


async def confirm_email(session: Session, caller: Caller, token: str) -> None:
    """Letters go to the confirmed address from now on; once, by whoever opens the link. Tells `AccountChanged`.

    Links that reset the password are tied to the old address and open nothing any more.
    """
    spent = await session.execute(
        update(EmailChange)
        .where(
            col(EmailChange.token_sha256) == digest(token),
            col(EmailChange.used_at).is_(None),
            col(EmailChange.voided_at).is_(None),
            col(EmailChange.expires_at) > now_sql(),
        )
        .values(used_at=now_sql())
        .returning(EmailChange)
    )
    change = spent.scalar_one_or_none()
    if change is None:
        raise ConfirmationDead
    address = await vault().open(
        session, change.account_id, change.email, table="email_change", column="email", row_id=change.id
    )
    account = await accounts.held(session, change.account_id)
    account.email = await sealed_email(session, account.id, str(address))
    account.email_index, account.email_bounced_at = email_index(str(address)), None
    await telling.changed(session, account)
    await note_owner(session, caller, "email_changed", account)
