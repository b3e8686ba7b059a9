"""What values refer to must be there: scans of one's own, organizations that are enabled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlmodel import col

from services.profile.models import Organization, Scan
from services.profile.rules.faults import UNKNOWN_ORGANIZATION, UNKNOWN_SCAN, unknown_reference
from shared.contracts.refusals import Fault, Invalid
from shared.kit import clock
from shared.kit.database import Session
from shared.programmes.shape import Json, Section


@dataclass(frozen=True, slots=True)
class Values:
    """A record's values as they were read, and where they belong."""

    section: Section
    values: Mapping[str, Json]
    entry: str | None = None

    def scans(self) -> dict[str, str]:
        """Every scan that they name, with its field."""
        return {named.scan_id: named.field for named in self.section.scans_in(self.values)}

    def organizations(self) -> dict[str, str]:
        """Every organization that they name, with its field."""
        fields = self.section.organization_fields
        return {str(self.values[field]): field for field in fields if self.values.get(field)}


async def check(session: Session, account_id: UUID, records: Iterable[Values]) -> dict[str, str]:
    """Refuse values that name what is not there, all at once; gives the status of each scan named.

    The scans are locked until the transaction ends, so that none is deleted while it comes to be named.
    """
    checked = list(records)
    states = await name_scans(session, account_id, {scan for record in checked for scan in record.scans()})
    known = await _known(session, {org for record in checked for org in record.organizations()})
    faults = [fault for record in checked for fault in _faults(record, states, known)]
    if faults:
        raise Invalid(faults=faults)
    return states


def _faults(record: Values, states: Mapping[str, str], known: set[str]) -> Iterable[Fault]:
    """The fields of a record that name something unknown."""
    name = record.section.section
    for scan, field in record.scans().items():
        if scan not in states:
            yield unknown_reference("unknown_scan", UNKNOWN_SCAN, name, field, record.entry)
    for organization, field in record.organizations().items():
        if organization not in known:
            yield unknown_reference("unknown_organization", UNKNOWN_ORGANIZATION, name, field, record.entry)


async def name_scans(session: Session, account_id: UUID, ids: set[str]) -> dict[str, str]:
    """Note that these scans of one's own are named, and give their states; others are left out."""
    if not ids:
        return {}
    named = (
        update(Scan)
        .where(col(Scan.id).in_([UUID(one) for one in sorted(ids)]), col(Scan.account_id) == account_id)
        .values(named_at=clock.now_sql())
        .returning(col(Scan.id), col(Scan.status))
    )
    return {str(row.id): row.status for row in await session.execute(named)}


async def _known(session: Session, ids: set[str]) -> set[str]:
    """Those of the organizations that are there and enabled, or have an heir that they mean from now on."""
    if not ids:
        return set()
    wanted = select(col(Organization.id)).where(
        col(Organization.id).in_([UUID(one) for one in ids]),
        ~col(Organization.is_disabled) | col(Organization.merged_into).is_not(None),
    )
    return {str(found) for found in (await session.execute(wanted)).scalars()}
