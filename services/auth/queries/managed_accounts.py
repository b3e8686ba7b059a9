"""Reads accounts as administrators see them: found by name, pinyin or username; masked."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlmodel import col

from services.auth.models import Account, AccountProgramme, Attempt, AuditEntry, ImportRow, LoginSession, Passkey
from services.auth.queries import accounts, organizations
from services.auth.queries.authority import demand_administrator
from services.auth.queries.sessions import alive
from services.auth.rules import accounts as rules
from services.auth.rules.limits import LOGIN_NAME
from services.auth.schemas.administration import AccountItem, AccountShown, LoginShown, SessionOfAccount
from services.auth.schemas.organizations import OrganizationShown
from shared.contracts.identity import Caller
from shared.kit.clock import now_sql
from shared.kit.database import Session
from shared.kit.web import Page
from shared.kit.web.paging import Listed

LOGINS = {"logged_in": "entered", "login_failed": "failed"}
NEWEST = 20


class Sought(NamedTuple):
    """Which accounts are asked for; what is None is not looked at."""

    query: str | None = None
    kind: str | None = None
    organization_id: UUID | None = None
    programme: str | None = None
    state: str | None = None


async def managed_accounts(session: Session, caller: Caller, sought: Sought, page: Page) -> Listed[AccountItem]:
    """The accounts that are asked for, in the order of their usernames."""
    await demand_administrator(session, caller)
    statement = select(Account).where(*_conditions(sought))
    if (after := page.keys(str)) is not None:
        statement = statement.where(col(Account.username_key) > after[0])
    found = await session.execute(statement.order_by(col(Account.username_key)).limit(page.limit + 1))
    rows, more = page.cut(list(found.scalars()))
    locked = await _locked_of(session, rows)
    items = [await _item(session, row, is_locked=row.id in locked) for row in rows]
    return page.of(items, (rows[-1].username_key,) if more else None)


async def managed_account(session: Session, caller: Caller, account_id: UUID) -> AccountShown:
    """One account with its logins and sessions; Missing where there is none."""
    await demand_administrator(session, caller)
    row = await accounts.one(session, account_id)
    item = await _item(session, row, is_locked=row.id in await _locked_of(session, [row]))
    passkeys = select(func.count()).where(col(Passkey.account_id) == row.id)
    brought = select(col(ImportRow.import_id)).where(
        col(ImportRow.account_id) == row.id, col(ImportRow.outcome) == "created"
    )
    return AccountShown(
        **item.model_dump(),
        logins=await _logins(session, row.id),
        sessions=await _sessions(session, row.id),
        passkeys=(await session.execute(passkeys)).scalar_one(),
        import_id=(await session.execute(brought.limit(1))).scalar_one_or_none(),
    )


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    """What is asked for, as SQL."""
    found: list[ColumnElement[bool]] = []
    if sought.query and (words := sought.query.strip()):
        low = "".join(words.lower().split())
        found.append(
            or_(
                col(Account.name).startswith(words, autoescape=True),
                col(Account.username_key).startswith(words.casefold(), autoescape=True),
                col(Account.pinyin).startswith(low, autoescape=True),
                col(Account.initials).startswith(low, autoescape=True),
            )
        )
    if sought.kind:
        found.append(col(Account.roles).contains([sought.kind]))
    if sought.organization_id:
        found.append(col(Account.organization_id) == sought.organization_id)
    if sought.programme:
        has = exists().where(
            col(AccountProgramme.account_id) == col(Account.id), col(AccountProgramme.programme) == sought.programme
        )
        found.append(has)
    states = {
        "enabled": col(Account.disabled_at).is_(None),
        "disabled": col(Account.disabled_at).is_not(None),
        "never_logged_in": col(Account.last_login_at).is_(None),
        "locked": _is_locked(),
    }
    return [*found, states[sought.state]] if sought.state else found


def _is_locked() -> ColumnElement[bool]:
    """Whether too many wrong passwords were tried under the account's name just now."""
    key = func.encode(func.sha256(func.convert_to(col(Account.username_key), "UTF8")), "hex")
    return key.in_(_locked_keys())


def _locked_keys() -> Select[str]:
    """The keys of names that are locked."""
    return (
        select(col(Attempt.key))
        .where(col(Attempt.kind) == LOGIN_NAME.kind, col(Attempt.at) > now_sql() - LOGIN_NAME.within)
        .group_by(col(Attempt.key))
        .having(func.count() >= LOGIN_NAME.most)
    )


async def _locked_of(session: Session, rows: list[Account]) -> set[UUID]:
    """Those of the accounts that are locked."""
    found = await session.execute(
        select(col(Account.id)).where(col(Account.id).in_([row.id for row in rows]), _is_locked())
    )
    return set(found.scalars())


async def _item(session: Session, row: Account, *, is_locked: bool) -> AccountItem:
    """One account, masked."""
    contact = await accounts.contact(session, row)
    return AccountItem(
        account_id=row.id,
        username=row.username,
        name=row.name,
        roles=row.roles,
        organization=await _organization(session, row),
        programmes=list(await accounts.programmes(session, row)),
        email=rules.masked_email(contact.email),
        mobile=rules.masked_mobile(contact.mobile),
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        last_login_at=row.last_login_at,
        disabled=row.disabled_at is not None,
        locked=is_locked,
        must_change_password=row.must_change_password,
        email_bounced_at=row.email_bounced_at,
    )


async def _organization(session: Session, row: Account) -> OrganizationShown | None:
    """The organization that a reviewer decides for."""
    if row.organization_id is None:
        return None
    return organizations.shown(await organizations.one(session, row.organization_id))


async def _logins(session: Session, account_id: UUID) -> list[LoginShown]:
    """The newest logins and failures, from the audit trail."""
    found = await session.execute(
        select(AuditEntry)
        .where(
            col(AuditEntry.subject_kind) == "account",
            col(AuditEntry.subject_id) == str(account_id),
            col(AuditEntry.action).in_(LOGINS),
        )
        .order_by(col(AuditEntry.position).desc())
        .limit(NEWEST)
    )
    return [
        LoginShown.model_validate({"at": row.at, "outcome": LOGINS[row.action], "by": row.detail.get("by", "")})
        for row in found.scalars()
    ]


async def _sessions(session: Session, account_id: UUID) -> list[SessionOfAccount]:
    """The sessions that are alive, the newest first."""
    found = await session.execute(
        select(LoginSession)
        .where(col(LoginSession.account_id) == account_id, *alive())
        .order_by(col(LoginSession.id).desc())
    )
    return [
        SessionOfAccount(session_id=row.id, made_at=row.made_at, seen_at=row.seen_at, ends_at=row.ends_at)
        for row in found.scalars()
    ]
