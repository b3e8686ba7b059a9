"""Asking for a change of approved data, and taking the request back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from services.profile.actions import references
from services.profile.actions.change_states import end_change
from services.profile.actions.drafts import open_profile
from services.profile.actions.frozen_checks import Checks, checks_of
from services.profile.models import ChangedField, ChangeRequest, Snapshot
from services.profile.queries import change_requests as queries, drafts, offices, snapshots
from services.profile.queries.drafts import Draft
from services.profile.queries.programmes import programme_named
from services.profile.rules import changes as law, contents as data, faults, filing
from shared.contracts.events import ChangeRequested, ChangeWithdrawn
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Fault, Invalid, Missing
from shared.contracts.texts import _
from shared.kit import clock
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.outbox import tell
from shared.kit.vault import Json as Sealable, vault
from shared.programmes.facts import pinyin
from shared.programmes.shape import Contents, Section, Values


@dataclass(frozen=True, slots=True)
class Asked:
    """A change request as it was sent."""

    section: str
    kind: law.Kind
    entry_id: UUID | None
    changes: Mapping[str, object]
    scans: Sequence[UUID]
    reason: str

    @property
    def entry(self) -> str | None:
        """The entry's id as contents write it."""
        return str(self.entry_id) if self.entry_id else None


async def ask_change(session: Session, caller: Caller, slug: str, asked: Asked, language: str) -> dict[str, Any]:
    """File a change request; gives it. The holder of the last tier of the approved route decides.

    409 unless the submission is approved, and where a field of it waits already; 422 with all that is wrong.
    """
    programme = programme_named(slug)
    draft = await open_profile(session, caller.person, slug, lock=True)
    if draft.standing.status != "approved":
        raise Conflict(code="not_approved", sentence=_("申报通过后才能提交信息变更申请。"))
    section = next((known for known in programme.sections if known.section == asked.section), None)
    if section is None:
        raise Invalid(faults=[Fault("unknown_section", faults.UNKNOWN_SECTION, field="section")])
    snapshot = await snapshots.newest(session, draft)
    held = data.thawed(await snapshots.opened(session, draft.account_id, snapshot))
    changes = law.judged(section, held, asked.kind, asked.entry, asked.changes)
    scans = await _check_references(session, draft, section, asked, changes)
    await _check_waiting(session, draft, asked, law.waiting_fields(asked.kind, changes))
    waiting = await queries.waiting_for(session, draft.submission_id, section.section)
    law.check_beside(section, held, asked.kind, asked.entry, changes, waiting)
    await _check_employer(session, draft, asked, changes)
    checks = await _checks(session, draft, asked, changes, scans, held)
    request_id = await _keep(session, draft, asked, changes, checks, snapshot)
    filed = await queries.one(session, request_id)
    tell(session, _told(draft, filed, snapshot, held))
    return await queries.shown(session, filed, language)


async def _check_references(
    session: Session, draft: Draft, section: Section, asked: Asked, changes: Sequence[law.Change]
) -> list[str]:
    """What new values name must be there and ready; gives every scan named, as value and as proof."""
    new = references.Values(section, {change.field: change.new for change in changes}, asked.entry)
    states = await references.check(session, draft.account_id, [new])
    places = [data.NamedIn(scan, section.section, asked.entry, field, "proof") for scan, field in new.scans().items()]
    proofs = [data.NamedIn(str(scan), section.section, asked.entry, "scans", "proof") for scan in asked.scans]
    known = await references.name_scans(session, draft.account_id, {str(scan) for scan in asked.scans})
    wrong = [
        faults.unknown_reference("unknown_scan", faults.UNKNOWN_SCAN, section.section, "scans")
        for scan in asked.scans
        if str(scan) not in known
    ]
    wrong = wrong or filing.unready([*places, *proofs], {**states, **known})
    if wrong:
        raise Invalid(faults=wrong)
    return list(dict.fromkeys([*new.scans(), *known]))


async def _check_employer(session: Session, draft: Draft, asked: Asked, changes: Sequence[law.Change]) -> None:
    """Refuse an employer that does not serve the programme, as a filing would."""
    after = data.employer({"basic": {change.field: change.new for change in changes}}) if not asked.entry else None
    employer = await offices.office(session, UUID(after)) if after and asked.section == "basic" else None
    if employer is not None:
        filing.check_employer(draft.programme, None, employer, None)


async def _check_waiting(session: Session, draft: Draft, asked: Asked, fields: Sequence[str]) -> None:
    """Refuse a field, or an entry, that waits already."""
    wanted = select(col(ChangedField.field)).where(
        col(ChangedField.submission_id) == draft.submission_id,
        col(ChangedField.section) == asked.section,
        col(ChangedField.entry_id).is_not_distinct_from(asked.entry_id),
        col(ChangedField.waiting),
    )
    if law.collides(fields, (await session.execute(wanted)).scalars()):
        raise _already_waiting()


def _already_waiting() -> Conflict:
    """The refusal of a second request for the same."""
    return Conflict(code="already_waiting", sentence=_("该内容已有变更申请在等待审核，请等待结果，或先撤销那份申请。"))


async def _checks(
    session: Session,
    draft: Draft,
    asked: Asked,
    changes: Sequence[law.Change],
    scans: Sequence[str],
    held: Contents,
) -> dict[str, Checks]:
    """By scan: its checks against the record as it shall become."""
    section = next(known for known in draft.programme.sections if known.section == asked.section)
    old = next((values for entry, values in data.records_of(section, held) if entry == asked.entry), {})
    new: Values = {**old, **{change.field: change.new for change in changes}}
    after = {**held, "basic": new} if asked.section == "basic" else held
    places = [data.NamedIn(scan, asked.section, asked.entry, "scans", "proof") for scan in scans]
    return dict(zip(scans, await checks_of(session, draft.account_id, places, after, new), strict=True))


async def _keep(
    session: Session,
    draft: Draft,
    asked: Asked,
    changes: Sequence[law.Change],
    checks: Mapping[str, Checks],
    snapshot: Snapshot,
) -> UUID:
    """Write the request, and the fields that wait from now on; the unique key refuses what the law overlooked."""
    request_id, last = new_id(), snapshot.route[-1]
    office = cast("Mapping[str, str]", last["organization"])
    await session.execute(
        insert(ChangeRequest).values(
            id=request_id,
            submission_id=draft.submission_id,
            account_id=draft.account_id,
            programme=draft.programme.programme,
            section=asked.section,
            entry_id=asked.entry_id,
            kind=asked.kind,
            fields=[change.field for change in changes],
            changes=await _seal(session, draft, [change._asdict() for change in changes], "changes", request_id),
            reason=await _seal(session, draft, asked.reason, "reason", request_id),
            scans=list(checks),
            checks=dict(checks),
            organization_id=UUID(office["organization_id"]),
            organization_name=office["name"],
            tier=last["tier"],
        )
    )
    rows = [
        {
            "change_request_id": request_id,
            "field": field,
            "submission_id": draft.submission_id,
            "section": asked.section,
            "entry_id": asked.entry_id,
        }
        for field in law.waiting_fields(asked.kind, changes)
    ]
    if rows:
        try:
            await session.execute(insert(ChangedField), rows)
        except IntegrityError as error:
            raise _already_waiting() from error
    return request_id


async def _seal(session: Session, draft: Draft, value: object, column: str, request_id: UUID) -> bytes:
    """A value as `change_request` keeps it."""
    return await vault().seal(
        session, draft.account_id, cast("Sealable", value), table="change_request", column=column, row_id=request_id
    )


async def withdraw_change(session: Session, caller: Caller, request_id: UUID, language: str) -> dict[str, Any]:
    """Take one's waiting request back; gives it. 409 once it is decided, or being decided."""
    request = await queries.own(session, caller.person, request_id)
    if not await end_change(session, request_id, "withdrawn"):
        raise Conflict(code="not_waiting", sentence=_("该变更申请已处理，不能撤回。"))
    draft = await drafts.of_submission(session, request.submission_id)
    if draft is None:
        raise Missing
    snapshot = await snapshots.newest(session, draft)
    tell(session, ChangeWithdrawn(**_named(draft, request, snapshot), withdrawn_at=await clock.now(session)))
    return await queries.shown(session, await queries.one(session, request_id), language)


def _told(draft: Draft, request: ChangeRequest, snapshot: Snapshot, held: Contents) -> ChangeRequested:
    """The event of a new request."""
    return ChangeRequested(
        **_named(draft, request, snapshot),
        filed_at=request.filed_at,
        id_index=vault().index(data.id_number(held), "id_number"),
    )


def _named(draft: Draft, request: ChangeRequest, snapshot: Snapshot) -> dict[str, Any]:
    """What every event of a change request carries."""
    return {
        "change_request_id": request.id,
        "submission_id": request.submission_id,
        "programme": request.programme,
        "account_id": request.account_id,
        "applicant_name": snapshot.applicant_name,
        "applicant_pinyin": pinyin.of_person(snapshot.applicant_name),
        "employer_id": snapshot.employer_id,
        "employer_name": snapshot.employer_name,
        "talent_type": draft.talent_type,
        "section": request.section,
        "entry_id": request.entry_id,
        "kind": request.kind,
        "fields": tuple(request.fields),
        "organization_id": request.organization_id,
        "organization_name": request.organization_name,
        "tier": request.tier,
    }
