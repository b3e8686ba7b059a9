"""Organizations: made and changed by administrators; bureaus and offices are reference data of the programmes."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from services.auth.actions.sessions import Ended, end_all
from services.auth.models import Account, Organization
from services.auth.queries import organizations
from services.auth.queries.authority import demand_administrator
from services.auth.rules import organizations as rules
from services.auth.rules.organizations import Said
from services.auth.schemas.organizations import ChangeOrganization, MakeOrganization, OrganizationKept
from shared.contracts.events import OrganizationChanged
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Invalid, Missing
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.outbox import tell
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.facts import pinyin

HELD = _("该行政区划已有同类单位，请先停用原单位。")
MERGED = _("该单位已并入其他单位。")
CODE_TAKEN = _("该统一社会信用代码已属于另一单位。")


async def make_organization(session: Session, caller: Caller, body: MakeOrganization) -> OrganizationKept:
    """Make an organization; tells `OrganizationChanged`."""
    await demand_administrator(session, caller)
    code = body.credit_code.strip().upper() if body.credit_code else None
    said = Said(body.kind, body.region, body.municipal, code, tuple(body.programmes))
    row = Organization(id=new_id(), **_named(body.name), **_judged(said))
    await audit.note(session, caller, "organization_made", "organization", row.id, kind=row.kind, region=row.region)
    return await _write(session, row)


async def change_organization(
    session: Session, caller: Caller, organization_id: UUID, body: ChangeOrganization
) -> tuple[OrganizationKept, Ended]:
    """Change what is given; tells `OrganizationChanged`. What was filed keeps its frozen route.

    Where it is disabled, its reviewers are out at once; gives their sessions, which ended, to be buried.
    """
    await demand_administrator(session, caller)
    found = await session.execute(select(Organization).where(col(Organization.id) == organization_id).with_for_update())
    row = found.scalar_one_or_none()
    if row is None:
        raise Missing
    given = body.model_dump(exclude_unset=True)
    kept = {"kind": row.kind, "region": row.region, "municipal": row.municipal, "programmes": row.programmes}
    said = {**kept, "credit_code": row.credit_code, **{key: value for key, value in given.items() if value is not None}}
    if "credit_code" in given:
        said["credit_code"] = body.credit_code.strip().upper() if body.credit_code else None
    judged = Said(said["kind"], said["region"], said["municipal"], said["credit_code"], tuple(said["programmes"]))
    for name, value in {**_judged(judged), **(_named(body.name) if body.name else {})}.items():
        setattr(row, name, value)
    if row.merged_into is not None:
        raise Conflict("already_merged", MERGED)
    if body.disabled is not None:
        row.disabled_at = (row.disabled_at or await clock.now(session)) if body.disabled else None
    await _note_change(session, caller, row.id, given)
    row.version += 1
    return await _write(session, row), await _put_out(session, row.id) if body.disabled else ()


async def _put_out(session: Session, organization_id: UUID) -> Ended:
    """End the sessions of those who are nothing but reviewers of an organization that is disabled."""
    only = col(Account.organization_id) == organization_id, col(Account.roles) == ["reviewer"]
    found = await session.execute(select(col(Account.id)).where(*only).order_by(col(Account.id)))
    ended: list[str] = []
    for account_id in found.scalars().all():
        ended += await end_all(session, account_id)
    return ended


async def _note_change(session: Session, caller: Caller, organization_id: UUID, given: dict[str, Any]) -> None:
    """Note what was changed, and apart from it whether the organization may still be used."""
    fields = sorted(given.keys() - {"disabled"})
    if fields:
        await audit.note(session, caller, "organization_changed", "organization", organization_id, fields=fields)
    if given.get("disabled") is not None:
        action = "organization_disabled" if given["disabled"] else "organization_enabled"
        await audit.note(session, caller, action, "organization", organization_id)


async def keep_organization(session: Session, organization_id: UUID, name: str, said: Said) -> None:
    """Make the organization with that id where it is not there; tells `OrganizationChanged`.

    One that is there only gains programmes that it did not serve yet: what administrators changed stays.
    """
    found = await session.execute(select(Organization).where(col(Organization.id) == organization_id).with_for_update())
    row = found.scalar_one_or_none()
    if row is None:
        await _write(session, Organization(id=organization_id, **_named(name), **_judged(said)))
    elif set(said.programmes) - set(row.programmes):
        row.programmes = sorted({*row.programmes, *said.programmes})
        row.version += 1
        await _write(session, row)


async def make_reference_organizations(session: Session) -> None:
    """Make the programmes' bureaus and offices, or let them serve new programmes; done anew it changes nothing."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("reference organizations", 0))))
    for office in rules.offices(PROGRAMMES.values()):
        said = Said(office.kind, office.region, municipal=False, credit_code=None, programmes=office.programmes)
        await keep_organization(session, office.organization_id, office.name, said)


def _named(name: str) -> dict[str, Any]:
    """The columns that follow from a name."""
    title = " ".join(name.split())
    return {
        "name": title,
        "name_key": organizations.folded(title),
        "pinyin": pinyin.of_title(title),
        "initials": pinyin.initials(title),
    }


def _judged(said: Said) -> dict[str, Any]:
    """The columns that follow from what is said; every fault at once."""
    faults = rules.faults(said, PROGRAMMES)
    if faults:
        raise Invalid(faults=faults)
    return {
        "kind": said.kind,
        "region": said.region,
        "employs": said.kind in rules.employer_kinds(PROGRAMMES),
        "municipal": said.municipal,
        "credit_code": said.credit_code,
        "programmes": sorted(set(said.programmes)),
    }


async def _write(session: Session, row: Organization) -> OrganizationKept:
    """Write the row and tell its whole state."""
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        raise _conflict(error) from error
    tell_changed(session, row)
    return organizations.kept(row)


def tell_changed(session: Session, row: Organization, merged_by: UUID | None = None) -> None:
    """Tell the whole state of an organization; of one that was merged just now, by whom."""
    tell(
        session,
        OrganizationChanged(
            organization_id=row.id,
            version=row.version,
            name=row.name,
            pinyin=row.pinyin,
            kind=row.kind,
            region=row.region,
            municipal=row.municipal,
            programmes=tuple(row.programmes),
            credit_code=row.credit_code,
            disabled=row.disabled_at is not None,
            merged_into=row.merged_into,
            merged_by=merged_by,
        ),
    )


def _conflict(error: IntegrityError) -> Conflict:
    """Which of the two unique keys it was."""
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", "") or ""
    if name == "organization_holder":
        return Conflict("tier_already_held", HELD)
    return Conflict("credit_code_taken", CODE_TAKEN)
