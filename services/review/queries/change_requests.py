"""Change requests as the organization sees them that decides them."""

from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import Select, select, tuple_
from sqlmodel import col

from services.review.models import ChangeRequest, Reviewer
from services.review.queries.access import not_own
from services.review.queries.erasure import refusing_erased
from services.review.queries.organizations import organizations
from services.review.rules import masked_value
from services.review.schemas import ChangeItem, ChangeState, Person
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.database import Session
from shared.kit.vault import vault
from shared.kit.web.paging import Listed, Page, moment
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Json

ChangeContent = Mapping[str, Json]


async def find_change(session: Session, caller: Caller, change_request_id: UUID) -> ChangeRequest:
    """A change request of the caller's organization. Refused: Missing (404), also for one's own (domain rule 7)."""
    wanted = _of(caller).where(col(ChangeRequest.id) == change_request_id)
    request = (await session.execute(wanted)).scalar_one_or_none()
    if request is None:
        raise Missing
    return request


async def lacking_change(session: Session, caller: Caller, change_request_id: UUID) -> list[ChangeRequest]:
    """The change request, where its content has no copy here."""
    request = await find_change(session, caller, change_request_id)
    return [request] if request.content is None else []


async def lacking_changes(session: Session, caller: Caller, state: ChangeState, page: Page) -> list[ChangeRequest]:
    """Those of a page whose content has no copy here."""
    rows, _more = page.cut(await _rows(session, caller, state, page))
    return [request for request in rows if request.content is None]


async def change_page(session: Session, caller: Caller, state: ChangeState, page: Page) -> Listed[ChangeItem]:
    """One page: what waits in the order of filing; decided ones and all, the newest first."""
    rows, more = page.cut(await _rows(session, caller, state, page))
    last = (rows[-1].filed_at.isoformat(), str(rows[-1].id)) if more else None
    return page.of([await change_item(session, caller, request) for request in rows], last)


async def change_item(session: Session, caller: Caller, request: ChangeRequest) -> ChangeItem:
    """One change request; its values are whole only while it waits for the caller's organization."""
    content = await open_change(session, request)
    changes = cast("Sequence[Mapping[str, Json]]", content.get("changes") or [])
    named = _organizations(request, changes)
    known = await organizations(session, dict.fromkeys(named, "") | {request.employer_id: request.employer_name})
    in_full = request.status == "waiting" and request.organization_id == caller.organization
    return ChangeItem.model_validate(
        {
            **request.model_dump(exclude={"content"}),
            "change_request_id": request.id,
            "applicant": Person(account_id=request.account_id, name=request.applicant_name),
            "employer": known[request.employer_id],
            "changes": [change if in_full else _masked(request, change) for change in changes],
            "organizations": [known[one] for one in sorted(named)],
            "scans": content.get("scans") or [],
            "reason": content.get("reason"),
        }
    )


def _organizations(request: ChangeRequest, changes: Sequence[Mapping[str, Json]]) -> set[UUID]:
    """Every organization that a request names, as it was and as it shall be."""
    fields = PROGRAMMES[request.programme].section(request.section).organization_fields
    sides = [change.get(side) for change in changes if change["field"] in fields for side in ("old", "new")]
    return {UUID(str(side)) for side in sides if side}


async def open_change(session: Session, request: ChangeRequest) -> ChangeContent:
    """The kept content; nothing where there is no copy. Refused: Gone (410) where the person's data were erased."""
    if request.content is None:
        return {}
    with refusing_erased():
        plain = await vault().open(
            session, request.account_id, request.content, table="change_request", column="content", row_id=request.id
        )
    return cast("ChangeContent", plain)


async def decision_of_change(session: Session, request: ChangeRequest) -> dict[str, object]:
    """What was decided, and by whom, as it is shown to whoever comes second."""
    known = await organizations(session, {request.organization_id: request.organization_name})
    named = select(col(Reviewer.name)).where(col(Reviewer.account_id) == request.reviewer_id)
    name = (await session.execute(named)).scalar_one_or_none()
    return {
        "decided_by": {
            "name": name,
            "organization": known[request.organization_id].model_dump(mode="json"),
        },
        "decision": "approve" if request.status == "approved" else "reject",
        "decided_at": request.decided_at.isoformat() if request.decided_at else None,
    }


def _of(caller: Caller) -> Select[ChangeRequest]:
    return select(ChangeRequest).where(
        col(ChangeRequest.organization_id) == caller.organization, not_own(ChangeRequest, caller.person)
    )


async def _rows(session: Session, caller: Caller, state: ChangeState, page: Page) -> list[ChangeRequest]:
    """The rows of a page, and one more where there are more."""
    at, key = col(ChangeRequest.filed_at), col(ChangeRequest.id)
    wanted = _of(caller)
    if state == "waiting":
        wanted = wanted.where(col(ChangeRequest.status) == "waiting")
    elif state == "decided":
        wanted = wanted.where(col(ChangeRequest.status).in_(("approved", "rejected")))
    if (after := page.keys(moment, UUID)) is not None:
        wanted = wanted.where(tuple_(at, key) > after if state == "waiting" else tuple_(at, key) < after)
    by = (at, key) if state == "waiting" else (at.desc(), key.desc())
    return list((await session.execute(wanted.order_by(*by).limit(page.limit + 1))).scalars())


def _masked(request: ChangeRequest, change: Mapping[str, Json]) -> dict[str, Json]:
    """One change with its values under the field's mask."""
    section, field = PROGRAMMES[request.programme].section(request.section), str(change["field"])
    return {
        **change,
        "old": masked_value(section, field, change.get("old")),
        "new": masked_value(section, field, change.get("new")),
    }
