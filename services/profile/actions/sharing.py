"""Sharing approved data with the public: given by consent, kept up to date, taken back at once."""

import secrets
from typing import Any, cast
from uuid import UUID

from sqlalchemy import insert, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlmodel import col

from services.profile.actions.drafts import open_profile
from services.profile.models import Sharing, SharingConsent, SharingPush
from services.profile.queries import drafts, sharing as queries
from services.profile.queries.sharing import Ground
from services.profile.rules import sharing as law
from services.profile.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Conflict, Missing
from shared.contracts.texts import _
from shared.kit import audit, clock, dispatch
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.vault import Json as Sealable, vault
from shared.programmes.facts import pinyin

QUEUE = "profile.documents"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
SLUG = 12
"""Characters of an address: 59 bits, so that none is found by trying."""


async def share(
    session: Session, caller: Caller, slug: str, fields: list[str], *, consent: bool, searchable: bool
) -> dict[str, Any]:
    """Share these fields of one's approved data, with consent to the present text; gives the sharing.

    1. The consent is kept for good: what, when, to which version of the text.
    2. The public page shows exactly these fields from now on.
    3. The partner, where one is configured, is told by a job; the audit trail notes it.
    404 where the programme shares with nobody, 409 unless approved, 422 for other fields than those offered.
    """
    await open_profile(session, caller.person, slug)
    found = await queries.ground(session, caller.person, slug, lock=True)
    if found.draft.standing.status != "approved":
        raise Conflict(code="not_approved", sentence=_("申报通过后才能分享。"))
    keys = law.chosen(found.partner, fields, consent=consent)
    row_id = await _keep(session, found, keys, searchable=searchable)
    await _note_consent(session, found, row_id, keys, is_given=True, searchable=searchable)
    await _publish(session, found, row_id, keys)
    await audit.note(
        session, caller, "sharing_given", "submission", found.draft.submission_id, programme=slug, fields=keys
    )
    return await queries.shown(session, found)


async def stop_sharing(session: Session, caller: Caller, slug: str) -> dict[str, Any]:
    """Withdraw the consent: the page is gone at once, the partner is told to delete; gives the sharing."""
    await open_profile(session, caller.person, slug)
    found = await queries.ground(session, caller.person, slug, lock=True)
    row = await queries.of_submission(session, found.draft.submission_id, lock=True)
    if row is not None and row.is_shared:
        await _note_consent(session, found, row.id, row.fields, is_given=False, searchable=row.searchable)
        await _withdraw(session, row.id, is_shared=False)
        await audit.note(session, caller, "sharing_withdrawn", "submission", found.draft.submission_id, programme=slug)
    return await queries.shown(session, found)


async def follow(session: Session, submission_id: UUID) -> None:
    """Bring what the public sees in line with a submission that moved: its newest approved version, or nothing.

    The consent stays as it was given; what is approved again is shown again.
    """
    row = await queries.of_submission(session, submission_id, lock=True)
    if row is None or not row.is_shared:
        return
    draft = await drafts.of_submission(session, submission_id)
    if draft is None:
        raise Missing
    if draft.standing.status == "approved":
        await _publish(session, await queries.ground_of(session, draft), row.id, row.fields)
    else:
        await _withdraw(session, row.id, is_shared=True)


async def _keep(session: Session, found: Ground, keys: list[str], *, searchable: bool) -> UUID:
    """The sharing's row, made at the first consent; its address stays."""
    columns: dict[str, Any] = {"fields": keys, "searchable": searchable, "is_shared": True}
    made = await session.execute(
        insert_or(Sharing)
        .values(
            id=new_id(),
            submission_id=found.draft.submission_id,
            account_id=found.draft.account_id,
            programme=found.draft.programme.programme,
            partner=found.partner.partner,
            slug="".join(secrets.choice(ALPHABET) for _ in range(SLUG)),
            **columns,
        )
        .on_conflict_do_update(index_elements=[col(Sharing.submission_id)], set_=columns)
        .returning(col(Sharing.id))
    )
    return made.scalar_one()


async def _note_consent(
    session: Session, found: Ground, row_id: UUID, keys: list[str], *, is_given: bool, searchable: bool
) -> None:
    """Keep a consent, or its withdrawal, for good."""
    await session.execute(
        insert(SharingConsent).values(
            id=new_id(),
            sharing_id=row_id,
            is_given=is_given,
            fields=keys,
            searchable=searchable,
            text_version=found.partner.consent_version,
        )
    )


async def _publish(session: Session, found: Ground, row_id: UUID, keys: list[str]) -> None:
    """Write what the public sees, sealed under its person's key, and let the partner know."""
    draft = found.draft
    document = law.published(draft.programme, found.held, keys, found.names)
    sealed = await vault().seal(
        session, draft.account_id, cast("Sealable", document), table="sharing", column="published", row_id=row_id
    )
    photo = law.shared_photo(draft.programme, found.held, keys)
    columns: dict[str, Any] = {
        "published": sealed,
        "photo": UUID(photo) if photo else None,
        "name": document["name"],
        "pinyin": pinyin.of_person(document["name"]),
        "employer": law.shared_employer(document, found.partner),
        "version": draft.standing.version,
        "last_shared_at": clock.now_sql(),
    }
    await _write(session, row_id, columns)


async def _withdraw(session: Session, row_id: UUID, *, is_shared: bool) -> None:
    """Take everything from the public, and let the partner know."""
    nothing = dict.fromkeys(("published", "photo", "name", "pinyin", "employer", "version"))
    await _write(session, row_id, {**nothing, "is_shared": is_shared})


async def _write(session: Session, row_id: UUID, columns: dict[str, Any]) -> None:
    """Write what changed under the next revision; a partner that is configured is told by a job, one at a time."""
    await session.execute(
        update(Sharing).where(col(Sharing.id) == row_id).values(**columns, revision=col(Sharing.revision) + 1)
    )
    if not settings().partner_url:
        return
    waiting = (
        insert_or(SharingPush)
        .values(id=new_id(), queue=QUEUE, sharing_id=row_id)
        .on_conflict_do_nothing(index_elements=[col(SharingPush.sharing_id)], index_where=text("status = 'queued'"))
        .returning(col(SharingPush.id))
    )
    made = (await session.execute(waiting)).scalar_one_or_none()
    if made is not None:
        dispatch.after_commit(session, SharingPush.job.name, QUEUE, made)
