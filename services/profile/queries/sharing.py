"""Reads of sharing: how one's own stands, and what the public sees."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col

from services.profile.models import Scan, Sharing, SharingConsent, SharingPush, Submission
from services.profile.queries import drafts, snapshots
from services.profile.queries.drafts import Draft
from services.profile.queries.forms import names
from services.profile.queries.paging import after_id
from services.profile.queries.programmes import programme_named
from services.profile.rules import sharing as law
from services.profile.rules.contents import thawed
from services.profile.rules.form import organizations_in
from services.profile.settings import settings
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.vault import Erased, vault
from shared.kit.web.paging import Listed, Page
from shared.programmes.shape import Contents, Partner


@dataclass(frozen=True, slots=True)
class Ground:
    """What sharing stands on: the draft, its partner, and the approved data with the names of their organizations."""

    draft: Draft
    partner: Partner
    held: Contents
    names: dict[str, str]


async def ground(session: Session, account_id: UUID, slug: str, *, lock: bool = False) -> Ground:
    """What one's own sharing stands on; 404 where there is no profile, or nobody to share with."""
    draft = await drafts.own(session, account_id, slug, lock=lock)
    if draft is None or draft.programme.partner is None:
        raise Missing
    return await ground_of(session, draft)


async def ground_of(session: Session, draft: Draft) -> Ground:
    """The same of a draft; only approved data are ever read, so that others have nothing to share."""
    if draft.programme.partner is None:
        raise Missing
    if draft.standing.status != "approved":
        return Ground(draft, draft.programme.partner, {}, {})
    snapshot = await snapshots.newest(session, draft)
    held = thawed(await snapshots.opened(session, draft.account_id, snapshot))
    known = await names(session, organizations_in(draft.programme, held))
    return Ground(draft, draft.programme.partner, held, known)


async def of_submission(session: Session, submission_id: UUID, *, lock: bool = False) -> Sharing | None:
    """The sharing of a submission."""
    wanted = select(Sharing).where(col(Sharing.submission_id) == submission_id)
    wanted = wanted.execution_options(populate_existing=True)
    return (await session.execute(wanted.with_for_update() if lock else wanted)).scalar_one_or_none()


async def sharing(session: Session, account_id: UUID, slug: str) -> dict[str, Any]:
    """One's own sharing as the API shows it."""
    return await shown(session, await ground(session, account_id, slug))


async def shown(session: Session, found: Ground) -> dict[str, Any]:
    """A sharing as its owner sees it: what goes out, what could, which consent was given to which text."""
    row = await of_submission(session, found.draft.submission_id)
    is_shared = row is not None and row.is_shared
    may = found.draft.standing.status == "approved"
    text = {"version": found.partner.consent_version, **found.partner.consent.both()}
    return {
        "shared": is_shared,
        "fields": row.fields if row and is_shared else [],
        "url": page_url(row.slug) if row and is_shared else None,
        "last_shared_at": row.last_shared_at if row else None,
        "searchable": bool(row and is_shared and row.searchable),
        "can_share": may,
        "reason": None if may else "not_approved",
        "partner": found.partner.describe(),
        "consent": await _consent(session, row) if row and is_shared else None,
        "text": text,
        "offered": _offered(found),
        "push": await _push(session, row) if row else None,
    }


def page_url(slug: str) -> str:
    """The address of a public page."""
    return f"{settings().public_url}/experts/{slug}"


def _offered(found: Ground) -> list[dict[str, Any]]:
    """The fields that may go out, by section, each with what it would show."""
    programme, offered = found.draft.programme, found.partner.offered
    sections = []
    for section in programme.sections:
        fields = [
            {
                "key": key,
                "field": field.field,
                "type": field.type.value,
                "title": field.title.both(),
                "required": offered[key].required,
                "preview": law.previews(programme, found.held, key, found.names) if found.held else [],
            }
            for field in section.fields
            if (key := f"{section.section}.{field.field}") in offered
        ]
        if fields:
            head = {"section": section.section, "title": section.title.both(), "repeated": section.repeated}
            sections.append({**head, "fields": fields})
    return sections


async def _consent(session: Session, row: Sharing) -> dict[str, Any] | None:
    """The consent that holds."""
    wanted = (
        select(col(SharingConsent.at), col(SharingConsent.text_version))
        .where(col(SharingConsent.sharing_id) == row.id, col(SharingConsent.is_given))
        .order_by(col(SharingConsent.id).desc())
        .limit(1)
    )
    found = (await session.execute(wanted)).first()
    return {"given_at": found.at, "text_version": found.text_version} if found else None


async def _push(session: Session, row: Sharing) -> dict[str, Any] | None:
    """How the newest telling of the partner stands; None where no partner is told."""
    wanted = (
        select(col(SharingPush.status), col(SharingPush.finished_at), col(SharingPush.next_at))
        .where(col(SharingPush.sharing_id) == row.id)
        .order_by(col(SharingPush.id).desc())
        .limit(1)
    )
    found = (await session.execute(wanted)).first()
    return {"state": found.status, "at": found.finished_at or found.next_at} if found else None


async def experts(session: Session, query: str, page: Page) -> Listed[dict[str, Any]]:
    """The people who share, the newest first; by name, pinyin or employer."""
    wanted = (
        select(Sharing)
        .join(Submission, col(Submission.id) == col(Sharing.submission_id))
        .where(col(Sharing.published).is_not(None), col(Submission.status) == "approved")
        .order_by(col(Sharing.id).desc())
        .limit(page.limit + 1)
    )
    if query:
        by = [column.icontains(query, autoescape=True) for column in (col(Sharing.name), col(Sharing.employer))]
        wanted = wanted.where(or_(*by, col(Sharing.pinyin).startswith(query.lower(), autoescape=True)))
    after = after_id(page)
    if after:
        wanted = wanted.where(col(Sharing.id) < after)
    rows, more = page.cut(list((await session.execute(wanted)).scalars()))
    items = [
        {
            "slug": row.slug,
            "url": page_url(row.slug),
            "name": row.name,
            "employer": row.employer,
            "programme": row.programme,
        }
        for row in rows
    ]
    return page.of(items, (str(rows[-1].id),) if more else None)


async def public(session: Session, slug: str) -> Sharing:
    """A sharing that the public may see; 404 for any other."""
    wanted = (
        select(Sharing)
        .join(Submission, col(Submission.id) == col(Sharing.submission_id))
        .where(col(Sharing.slug) == slug, col(Sharing.published).is_not(None), col(Submission.status) == "approved")
    )
    found = (await session.execute(wanted)).scalar_one_or_none()
    if found is None:
        raise Missing
    return found


async def expert(session: Session, slug: str) -> dict[str, Any]:
    """What the public sees of one person."""
    return await expert_shown(session, await public(session, slug))


async def expert_shown(session: Session, row: Sharing) -> dict[str, Any]:
    """A published sharing as it is read; 404 once its person was erased."""
    try:
        opened = await vault().open(
            session, row.account_id, row.published or b"", table="sharing", column="published", row_id=row.id
        )
    except Erased as error:
        raise Missing from error
    document, url = cast("dict[str, Any]", opened), page_url(row.slug)
    partner = programme_named(row.programme).partner
    photo_url = f"{settings().public_url}/api/v1/experts/{row.slug}/photo" if row.photo else None
    return {
        "slug": row.slug,
        "url": url,
        **document,
        "searchable": row.searchable,
        "updated_at": row.last_shared_at,
        "photo": photo_url is not None,
        "structured": law.structured(partner, document, url, photo_url) if partner else {},
    }


async def photo(session: Session, slug: str) -> tuple[UUID, UUID]:
    """The owner and the scan of a shared photo; 404 where none is shared."""
    row = await public(session, slug)
    scan = await session.get(Scan, row.photo) if row.photo else None
    if scan is None or scan.status != "ready" or scan.account_id != row.account_id:
        raise Missing
    return row.account_id, scan.id
