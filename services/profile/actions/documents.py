"""Documents: asked for, drawn by a job, kept encrypted for a while, and dropped."""

import tempfile
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, insert as plain_insert, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from services.profile.actions.dossiers import make_dossier
from services.profile.actions.exports import make_export
from services.profile.models import Access, Document, Organization, Submission
from services.profile.queries import dossiers, drafts, exports
from services.profile.queries.drafts import Draft
from services.profile.rules.dossier import Standing, standing_of
from services.profile.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing, Unavailable
from shared.contracts.texts import _
from shared.kit import audit, clock, dispatch
from shared.kit.database import Database, Session
from shared.kit.files import files
from shared.kit.ids import new_id
from shared.kit.jobs import Work

QUEUE = "profile.documents"
GONE = ("failed", "cancelled")
AGAIN = timedelta(minutes=1)
"""After a failure: how long it is said that it failed, before another try is begun."""
Maker = Callable[[Work[Document], Path], Awaitable[Path]]
"""Makes a document in an empty folder, which goes when it was kept; gives its path."""
MAKERS: Mapping[str, Maker] = {"dossier": make_dossier, "export": make_export}


class Wanted(NamedTuple):
    """What is asked for: of which kind, whose, in which state, and of which version of a submission."""

    kind: str
    account_id: UUID
    fingerprint: str
    submission_id: UUID | None = None
    version: int | None = None


async def ask_dossier(session: Session, caller: Caller, submission_id: UUID) -> Document:
    """Give the dossier's row, drawn or on its way; asked for the first time in this state, a job draws it.

    For its owner, reviewers of the organization that holds it now, and administrators; 404 to anybody else. Who is
    not the owner leaves an access that the owner can see, and a note in the audit trail.
    """
    draft = await drafts.of_submission(session, submission_id)
    if draft is None or draft.standing.version == 0:
        raise Missing
    standing = standing_of(caller, draft.account_id, await dossiers.holder_now(session, draft))
    if standing is None or (standing == "reviewer" and await dossiers.is_same_person(session, caller.person, draft)):
        raise Missing
    fingerprint = await _fingerprint(session, draft)
    wanted = Wanted("dossier", draft.account_id, fingerprint, draft.submission_id, draft.standing.version)
    known = await _known(session, caller, wanted)
    if known is not None:
        return known
    if await _begin(session, caller, wanted, standing) and standing != "owner":
        await _note_taken(session, caller, draft)
    return await _begun(session, caller, wanted)


async def ask_export(session: Session, caller: Caller) -> Document:
    """Give the row of an export of all that is kept of the caller; after every change a job gathers it anew."""
    wanted = Wanted("export", caller.person, await exports.state(session, caller.person))
    known = await _known(session, caller, wanted)
    if known is not None:
        return known
    await _begin(session, caller, wanted, "owner")
    return await _begun(session, caller, wanted)


async def _fingerprint(session: Session, draft: Draft) -> str:
    """What a dossier of the present state shows: another version or decision makes another."""
    wanted = select(col(Submission.decided_sequence)).where(col(Submission.id) == draft.submission_id)
    heard = (await session.execute(wanted)).scalar_one()
    return f"{draft.submission_id}:{draft.standing.version}:{draft.standing.status}:{heard}"


async def _known(session: Session, caller: Caller, wanted: Wanted) -> Document | None:
    """The document that was asked for before; Unavailable where it has just failed."""
    before = (
        select(Document, clock.now_sql().label("now"))
        .where(
            col(Document.asked_by) == caller.person,
            col(Document.kind) == wanted.kind,
            col(Document.account_id) == wanted.account_id,
            col(Document.fingerprint) == wanted.fingerprint,
        )
        .order_by(col(Document.id).desc())
        .limit(1)
    )
    row = (await session.execute(before)).first()
    if row is None:
        return None
    found: Document = row.Document
    if found.status not in GONE:
        return found
    if found.finished_at and row.now - found.finished_at < AGAIN:
        raise Unavailable(code=f"{wanted.kind}_failed", sentence=_("文件生成失败，请稍后再试。"), retry_after=60)
    return None


async def _begin(session: Session, caller: Caller, wanted: Wanted, standing: Standing) -> bool:
    """Write the row and send its job; False where somebody's other request was faster: both get the same."""
    document_id = new_id()
    lasts: Any = clock.now_sql() + timedelta(hours=settings().dossier_hours)
    columns = (col(Document.asked_by), col(Document.kind), col(Document.account_id), col(Document.fingerprint))
    made = await session.execute(
        insert(Document)
        .values(
            id=document_id,
            queue=QUEUE,
            asked_by=caller.person,
            asked_as=standing,
            expires_at=lasts,
            **wanted._asdict(),
        )
        .on_conflict_do_nothing(index_elements=columns, index_where=text("status NOT IN ('failed','cancelled')"))
        .returning(col(Document.id))
    )
    if made.first() is None:
        return False
    dispatch.after_commit(session, Document.job.name, QUEUE, document_id)
    return True


async def _begun(session: Session, caller: Caller, wanted: Wanted) -> Document:
    """The row that stands now."""
    found = await _known(session, caller, wanted)
    if found is None:
        raise Missing
    return found


async def _note_taken(session: Session, caller: Caller, draft: Draft) -> None:
    """Note that somebody else took the dossier: for the owner, and in the audit trail."""
    office = await session.get(Organization, caller.organization_id) if caller.organization_id else None
    await session.execute(
        plain_insert(Access).values(
            id=new_id(),
            submission_id=draft.submission_id,
            kind="dossier",
            organization_id=office.id if office else None,
            organization_name=office.name if office else None,
            version=draft.standing.version,
            reviewer_id=caller.person,
            opened_at=clock.now_sql(),
        )
    )
    slug = draft.programme.programme
    await audit.note(session, caller, "dossier_exported", "submission", draft.submission_id, programme=slug)


def document_key(document_id: UUID) -> str:
    """Where a drawn document is kept, sealed under the key of the person whose data it holds."""
    return f"documents/{document_id}"


async def draw_document(work: Work[Document]) -> None:
    """Make a document and keep it; its size in the row tells that it is whole."""
    with tempfile.TemporaryDirectory(prefix="juxian-document-") as folder:
        made = await MAKERS[work.row.kind](work, Path(folder))

        async def keep(session: Session) -> None:
            """Keep the file, and end the job with it."""
            await files().keep(session, work.row.account_id, document_key(work.row.id), made)
            await work.finish(session, size=made.stat().st_size)

        await work.database.act(keep)


async def drop_documents(database: Database) -> None:
    """Drop the documents whose time is over, with their files."""

    async def expired(session: Session) -> list[UUID]:
        """Take their rows away."""
        over = (col(Document.expires_at) < clock.now_sql()) & col(Document.status).in_(("done", *GONE))
        return list((await session.execute(delete(Document).where(over).returning(col(Document.id)))).scalars())

    for document_id in await database.act(expired):
        await files().drop(document_key(document_id))
