"""Reads one's own account, and what profile asks of an account."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.auth.models import Account, AccountProgramme
from services.auth.queries import accounts, organizations
from services.auth.queries.passkeys import must_add_passkey
from services.auth.schemas.accounts import Imported, Me, Origin, ProgrammeOfMine
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing, Unauthenticated
from shared.kit.database import Session
from shared.kit.vault import vault
from shared.programmes.catalogue import PROGRAMMES


async def me(session: Session, caller: Caller) -> Me:
    """The caller's account; the status of its programmes is profile's to say and not filled in here."""
    try:
        account = await accounts.one(session, caller.person)
    except Missing:
        raise Unauthenticated from None
    organization = await organizations.one(session, account.organization_id) if account.organization_id else None
    contact = await accounts.contact(session, account)
    named = [slug for slug in await accounts.programmes(session, account) if slug in PROGRAMMES]
    return Me(
        account_id=account.id,
        username=account.username,
        name=account.name,
        email=contact.email,
        mobile=contact.mobile,
        language=account.language,
        mail_mode=account.mail_mode,
        roles=account.roles,
        organization=organizations.shown(organization) if organization else None,
        programmes=[
            ProgrammeOfMine(programme=slug, title=PROGRAMMES[slug].title.both(), status=None) for slug in named
        ],
        must_change_password=account.must_change_password,
        must_add_passkey=await must_add_passkey(session, account),
    )


async def origin(session: Session, account_id: UUID, programme: str | None) -> Origin:
    """What the profile of an account begins with: its registration, and what an import to that programme gave."""
    account = await accounts.one(session, account_id)
    return Origin(
        account_id=account.id,
        username=account.username,
        name=account.name,
        language=account.language,
        programmes=list(await accounts.programmes(session, account)),
        opened_by=account.opened_by,
        registration=await _registration(session, account),
        imported=await _imported(session, account, programme),
    )


async def _registration(session: Session, account: Account) -> dict[str, object] | None:
    """What its owner gave at registration."""
    if account.registration is None:
        return None
    values = await vault().open(
        session, account.id, account.registration, table="account", column="registration", row_id=account.id
    )
    return dict(values) if isinstance(values, dict) else None


async def _imported(session: Session, account: Account, programme: str | None) -> Imported | None:
    """What an import said of the person."""
    found = await session.execute(
        select(AccountProgramme).where(
            col(AccountProgramme.account_id) == account.id, col(AccountProgramme.programme) == programme
        )
    )
    row = found.scalar_one_or_none()
    if row is None or row.imported is None:
        return None
    said = await vault().open(
        session, account.id, row.imported, table="account_programme", column="imported", row_id=row.id
    )
    told = Imported.model_validate(said)
    if told.organization_id is None:
        return told
    return told.model_copy(update={"organization_id": await organizations.present(session, told.organization_id)})
