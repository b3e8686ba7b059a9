"""Merges one organization into another: its reviewers move, its name still finds the other, its cases follow."""

from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from services.auth.actions import telling
from services.auth.actions.organizations import MERGED, tell_changed
from services.auth.actions.sessions import end_all
from services.auth.models import Account, Organization
from services.auth.queries.authority import demand_administrator
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Missing
from shared.contracts.texts import _
from shared.kit import audit, clock
from shared.kit.database import Session

ITSELF = _("请选择另一个单位。")
DISABLED = _("不能并入已停用的单位。")
KINDS = _("只能并入同类单位。")
REGIONS = _("审核机构只能并入同一行政区划的机构。")


async def merge_organization(session: Session, caller: Caller, organization_id: UUID, into_id: UUID) -> tuple[str, ...]:
    """Merge; tells `OrganizationChanged` of both and `AccountChanged` of each reviewer who moves.

    The old organization is disabled and remembered: lists and imports that name it mean the other from now on.
    Refused as Conflict: into itself, of one that is merged, into one that is disabled or of another kind. Gives the
    sessions of reviewers that end, to be buried.
    """
    await demand_administrator(session, caller)
    if organization_id == into_id:
        raise Conflict("merge_into_itself", ITSELF)
    old, into = await _both(session, organization_id, into_id)
    _judge(old, into)
    old.disabled_at, old.merged_into = old.disabled_at or await clock.now(session), into.id
    into.programmes = sorted({*into.programmes, *old.programmes})
    for row in (old, into):
        row.version += 1
        session.add(row)
    await session.flush()
    await session.execute(
        update(Organization).where(col(Organization.merged_into) == old.id).values(merged_into=into.id)
    )
    tell_changed(session, old, merged_by=caller.person)
    tell_changed(session, into)
    ended, moved = await _move(session, old, into)
    await audit.note(session, caller, "organization_merged", "organization", old.id, into=into.id, reviewers=moved)
    return ended


async def _both(session: Session, old_id: UUID, into_id: UUID) -> tuple[Organization, Organization]:
    """The two organizations, held in one order; Missing where one is not there."""
    found = await session.execute(
        select(Organization)
        .where(col(Organization.id).in_((old_id, into_id)))
        .order_by(col(Organization.id))
        .with_for_update()
    )
    rows = {row.id: row for row in found.scalars()}
    if old_id not in rows or into_id not in rows:
        raise Missing
    return rows[old_id], rows[into_id]


def _judge(old: Organization, into: Organization) -> None:
    """Refuse what cannot be merged."""
    if old.merged_into is not None:
        raise Conflict("already_merged", MERGED)
    if into.disabled_at is not None:
        raise Conflict("merge_into_disabled", DISABLED)
    if old.kind != into.kind:
        raise Conflict("kinds_differ", KINDS)
    if not old.employs and old.region != into.region:
        raise Conflict("regions_differ", REGIONS)


async def _move(session: Session, old: Organization, into: Organization) -> tuple[tuple[str, ...], int]:
    """Move the reviewers; gives their sessions, which end, and how many they are."""
    found = await session.execute(
        select(Account).where(col(Account.organization_id) == old.id).order_by(col(Account.id)).with_for_update()
    )
    reviewers, ended = list(found.scalars()), list[str]()
    for account in reviewers:
        account.organization_id = into.id
        await telling.changed(session, account)
        ended += await end_all(session, account.id)
    return tuple(ended), len(reviewers)
