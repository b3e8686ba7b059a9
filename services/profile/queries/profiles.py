"""The reads of a profile: as its owner sees it, and what it still lacks."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from services.profile.models import Profile, Scan, Submission
from services.profile.queries import drafts, offices, snapshots
from services.profile.queries.drafts import Draft, Record
from services.profile.queries.submissions import submission
from services.profile.queries.surroundings import Surroundings, around, scans_shown, surroundings_shown
from services.profile.rules import faults
from services.profile.rules.contents import Sections, contents, scans_named, thawed
from services.profile.rules.filing import unready
from services.profile.rules.form import organizations_in
from services.profile.rules.remarks import ticked
from shared.contracts.refusals import Fault
from shared.kit.database import Session
from shared.kit.texts import translate
from shared.kit.vault import vault
from shared.kit.web import etag
from shared.programmes.shape import Contents, Json, Section


def entry_shown(entry_id: UUID, revision: int, values: Mapping[str, Json]) -> dict[str, Any]:
    """An entry as the API shows it."""
    return {"entry_id": str(entry_id), "etag": etag(revision), "values": dict(values)}


def single_shown(
    section: Section, revision: int, values: Mapping[str, Json], states: Mapping[str, str]
) -> dict[str, Any]:
    """A single section as the API shows it; `states` knows the scans that it names."""
    ready = all(states.get(named.scan_id) == "ready" for named in section.scans_in(values))
    return {
        "section": section.section,
        "complete": ready and not section.missing(values),
        "etag": etag(revision),
        "values": dict(values),
    }


async def missing(
    session: Session, draft: Draft, records: Sequence[Record], states: Mapping[str, str] | None = None
) -> list[Fault]:
    """Everything that keeps a draft from being filed, at once: what is empty, and scans that are not ready."""
    held = contents(draft.programme, drafts.by_section(records))
    named = list(scans_named(draft.programme, held))
    if states is None:
        states = await scan_states(session, draft.account_id, {UUID(place.scan_id) for place in named})
    return [*faults.of_missing(draft.programme.missing(held)), *unready(named, states)]


async def scan_states(session: Session, account_id: UUID, ids: set[UUID]) -> dict[str, str]:
    """The status of each of these scans that is the account's own."""
    if not ids:
        return {}
    wanted = select(col(Scan.id), col(Scan.status)).where(col(Scan.id).in_(ids), col(Scan.account_id) == account_id)
    return {str(row.id): row.status for row in await session.execute(wanted)}


async def completeness(session: Session, account_id: UUID, slug: str, language: str) -> dict[str, Any] | None:
    """What a profile lacks; None where there is no profile yet."""
    found = await around(session, account_id, slug)
    if found is None:
        return None
    records = await drafts.records(session, found.draft)
    return lacking_shown(await missing(session, found.draft, records, found.states), language)


def lacking_shown(lacking: Sequence[Fault], language: str) -> dict[str, Any]:
    """Missing things as the API shows them, said in that language."""
    shown = [
        {
            name: value
            for name, value in (("section", miss.section), ("entry", miss.entry), ("field", miss.field))
            if value is not None
        }
        | {"code": miss.code, "message": translate(miss.message, language, **dict(miss.values))}
        for miss in lacking
    ]
    return {"complete": not shown, "missing": shown}


async def profile(
    session: Session, account_id: UUID, slug: str, language: str, along: Collection[str] = ()
) -> dict[str, Any] | None:
    """A profile as its owner sees it, in three statements; None where there is none yet.

    `along`: what comes with it, `scans` and `organizations` that it names and the `submission` that was made of it.
    """
    with_scans = "scans" in along
    found = await around(session, account_id, slug, with_scans=with_scans)
    if found is None:
        return None
    draft = found.draft
    records = await drafts.records(session, draft)
    lacking = await missing(session, draft, records, found.states)
    incomplete = {miss.section for miss in lacking}
    held = contents(draft.programme, drafts.by_section(records))
    named = [place.scan_id for place in scans_named(draft.programme, held)]
    shown = {
        "programme": slug,
        "status": draft.standing.status,
        "last_modified_at": draft.last_modified_at,
        "submission_id": str(draft.submission_id) if draft.standing.version else None,
        **surroundings_shown(found, language),
        "remarks": await remarks(session, found, held, named),
        "completeness": lacking_shown(lacking, language),
        "confirmed_none": sorted(draft.absent - {record.section for record in records}),
        "registration": await _registration(session, draft),
        "sections": [
            section_shown(section, records) | {"complete": section.section not in incomplete}
            for section in draft.programme.sections
        ],
    }
    if with_scans:
        shown["scans"] = scans_shown(found, named, language)
    if "organizations" in along:
        shown["organizations"] = await offices.named(session, organizations_in(draft.programme, held))
    if "submission" in along:
        is_filed = bool(draft.standing.version)
        shown["submission"] = await submission(session, account_id, draft.submission_id) if is_filed else None
    return shown


async def own_profiles(
    session: Session, account_id: UUID, language: str, along: Collection[str] = ()
) -> dict[str, Any]:
    """Every profile that an account has begun, the oldest first, each as it is shown by itself."""
    slugs = select(col(Profile.programme)).where(col(Profile.account_id) == account_id).order_by(col(Profile.id))
    found = [await profile(session, account_id, slug, language, along) for slug in (await session.scalars(slugs)).all()]
    return {"items": [one for one in found if one is not None], "next_cursor": None}


async def changes(session: Session, account_id: UUID, slug: str) -> dict[str, Any]:
    """Where the draft differs from the newest version that was filed; nothing where none was."""
    draft = await drafts.own(session, account_id, slug)
    if draft is None or not draft.standing.version:
        return {"version": None, "items": [], "organizations": []}
    filed = thawed(await snapshots.opened(session, account_id, await snapshots.newest(session, draft)))
    held = contents(draft.programme, drafts.by_section(await drafts.records(session, draft)))
    found = draft.programme.differences(filed, held)
    ids = organizations_in(draft.programme, filed) | organizations_in(draft.programme, held)
    return {
        "version": draft.standing.version,
        "items": [change._asdict() for change in found],
        "organizations": await offices.named(session, ids),
    }


async def remarks(session: Session, found: Surroundings, held: Contents, named: Sequence[str]) -> list[dict[str, Any]]:
    """The remarks of the return to correct, each with whether its place was changed since."""
    if found.returned is None or found.snapshot_id is None or not found.remarks:
        return []
    sections = await vault().open(
        session,
        found.draft.account_id,
        found.returned,
        table="snapshot",
        column="sections",
        row_id=found.snapshot_id,
    )
    changes = found.draft.programme.differences(thawed(cast("Sections", sections)), held)
    return ticked(found.remarks, changes, named)


def section_shown(section: Section, records: Sequence[Record]) -> dict[str, Any]:
    """One section of a profile, of all its records; whether it is complete is for the caller to say."""
    own = [record for record in records if record.section == section.section]
    if section.repeated:
        entries = [entry_shown(record.entry_id, record.revision, record.values) for record in own]
        return {"section": section.section, "complete": False, "entries": entries}
    record = own[0] if own else None
    return {
        "section": section.section,
        "complete": False,
        "etag": etag(record.revision if record else 0),
        "values": record.values if record else {},
    }


async def _registration(session: Session, draft: Draft) -> dict[str, Json]:
    """What the registration gave and no section holds."""
    if draft.registration is None:
        return {}
    opened = await vault().open(
        session,
        draft.account_id,
        draft.registration,
        table="profile",
        column="registration",
        row_id=draft.profile_id,
    )
    return cast("dict[str, Json]", opened)


async def statuses(session: Session, account_id: UUID) -> dict[str, str]:
    """The status of each profile of an account, by programme."""
    wanted = select(col(Submission.programme), col(Submission.status)).where(col(Submission.account_id) == account_id)
    return {row.programme: row.status for row in await session.execute(wanted)}
