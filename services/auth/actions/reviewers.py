"""Reviewers: invited by administrators, moved, renamed, disabled."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from services.auth.actions import telling
from services.auth.actions.links import make_link
from services.auth.actions.opening import Opening, email_index, open_account, sealed_email
from services.auth.actions.registration import taken
from services.auth.actions.sessions import Ended, end_all
from services.auth.models import Account
from services.auth.queries import accounts, organizations
from services.auth.queries.authority import demand_administrator
from services.auth.rules import contacts, usernames
from services.auth.rules.accounts import readings
from services.auth.schemas.accounts import ChangeReviewer, Invited, InviteReviewer
from services.auth.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Fault, Invalid, Missing
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.database import Session

NO_ORGANIZATION = _("没有这个单位，请重新选择。")


async def invite_reviewer(session: Session, caller: Caller, body: InviteReviewer) -> Invited:
    """Open a reviewer's account without a password; the letter's link sets the first one. Tells `AccountOpened`."""
    await demand_administrator(session, caller)
    email = contacts.email(body.email, trial=not settings().smtp_url)
    found = [usernames.fault(body.username), None if email else contacts.email_fault()]
    faults = [fault for fault in found if fault is not None]
    if faults or email is None:
        raise Invalid(faults=faults)
    await _demand_organization(session, body.organization_id)
    account = await open_account(
        session,
        Opening(
            username=body.username,
            name=body.name.strip(),
            email=email,
            opened_by="invitation",
            roles=("reviewer",),
            organization_id=body.organization_id,
        ),
    )
    if account is None:
        raise taken(usernames.written(body.username))
    link = await make_link(session, account, "invitation", timedelta(days=settings().invitation_days))
    await telling.opened(session, account, link=link)
    await audit.note(session, caller, "reviewer_invited", "account", account.id, to=body.organization_id)
    return Invited(account_id=account.id)


async def change_reviewer(session: Session, caller: Caller, account_id: UUID, body: ChangeReviewer) -> Ended:
    """Change what is given; tells `AccountChanged`.

    Another organization, and disabling, end every session at once: they are given back to be buried.
    """
    await demand_administrator(session, caller)
    account = await accounts.held(session, account_id)
    if "reviewer" not in account.roles:
        raise Missing
    if body.username is not None:
        await _rename(session, account, body.username)
    if body.email is not None:
        await _readdress(session, account, body.email)
    if body.name is not None:
        account.name = body.name.strip()
        read = readings(account.name)
        account.pinyin, account.initials = read["pinyin"], read["initials"]
    moved = body.organization_id not in {None, account.organization_id}
    if body.organization_id is not None and moved:
        await _demand_organization(session, body.organization_id)
        account.organization_id = body.organization_id
    if body.disabled is not None:
        account.disabled_at = (account.disabled_at or await clock.now(session)) if body.disabled else None
    await telling.changed(session, account)
    fields = sorted(body.model_fields_set)
    await audit.note(session, caller, "reviewer_changed", "account", account.id, fields=fields, disabled=body.disabled)
    return await end_all(session, account.id) if moved or body.disabled else ()


async def _demand_organization(session: Session, organization_id: UUID) -> None:
    """Refuse an organization that is not there, or disabled."""
    try:
        row = await organizations.one(session, organization_id)
    except Missing:
        row = None
    if row is None or row.disabled_at is not None:
        raise Invalid(faults=[Fault("not_a_choice", NO_ORGANIZATION, field="organization_id")])


async def _rename(session: Session, account: Account, username: str) -> None:
    """Give the account another username."""
    fault = usernames.fault(username)
    if fault is not None:
        raise Invalid(faults=[fault])
    account.username, account.username_key = usernames.written(username), usernames.key(username)
    try:
        await session.flush()
    except IntegrityError as error:
        raise taken(usernames.written(username)) from error


async def _readdress(session: Session, account: Account, email: str) -> None:
    """Give the account another address."""
    address = contacts.email(email, trial=not settings().smtp_url)
    if address is None:
        raise Invalid(faults=[contacts.email_fault()])
    account.email, account.email_index = await sealed_email(session, account.id, address), email_index(address)
    account.email_bounced_at = None
