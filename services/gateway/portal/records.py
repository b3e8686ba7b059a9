"""Plain pages behind letters' links: what it is and where to log in; logged in and allowed, how it stands."""

from collections.abc import Mapping
from typing import Any

from services.gateway.portal.visit import Shown, Visit, go_to
from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Forbidden, Missing, Refusal, Unavailable
from shared.contracts.texts import _

OK = 200
Words = tuple[str, str]
CASE: Words = (_("待审核的申报"), _("这里显示一份申报及其审核记录，仅经办单位的审核人员登录后可见。"))
TO_REVIEW: Words = (_("待审核的变更申请"), _("这里显示一份信息变更申请，仅经办单位的审核人员登录后可见。"))


async def case(visit: Visit) -> Shown:
    """A case, for the organization that reviews it."""
    return await _record(visit, "case.html", CASE, "review", "/review/cases/{id}")


async def change_to_review(visit: Visit) -> Shown:
    """A change request, for the organization that decides it."""
    return await _record(visit, "change_request.html", TO_REVIEW, "review", "/review/change-requests/{id}")


async def _record(visit: Visit, template: str, words: Words, service: ServiceName, path: str) -> Shown:
    """Show one record of a service."""
    identifier = visit.identifier("record_id")
    if (stranger := _stranger(visit, words)) is not None:
        return stranger
    record = await _asked(visit, service, path.format(id=identifier))
    return await _drawn(visit, template, words, record)


def _stranger(visit: Visit, words: Words) -> Shown | None:
    """What somebody is shown who is not logged in, or must first change the password."""
    session = visit.exchange.session
    if session is None:
        return Shown("stranger.html", {"title": words[0], "sentence": words[1]})
    return go_to("/password") if session.must_change_password else None


async def _asked(visit: Visit, service: ServiceName, path: str) -> Any:  # noqa: ANN401 - JSON
    """The record; what the service refuses is refused here."""
    reply = await visit.ask(service, "GET", path)
    families: Mapping[int, type[Refusal]] = {404: Missing, 403: Forbidden}
    if reply.status in families:
        raise families[reply.status]
    if reply.status != OK:
        raise Unavailable(members={"part": service}, retry_after=3)
    return reply.content


async def _drawn(visit: Visit, template: str, words: Words, record: Mapping[str, Any]) -> Shown:
    """The page of a record, with its programme's own words for tiers, sections and fields."""
    return Shown(template, {"title": words[0], "record": record, "programme": await _programme(visit, record)})


async def _programme(visit: Visit, record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The programme's labels by key; empty ones where profile is away, and keys are shown instead."""
    try:
        reply = await visit.ask("profile", "GET", f"/programmes/{record['programme']}")
        known: Mapping[str, Any] = reply.content if reply.status == OK else {}
    except Refusal:
        known = {}
    sections = known.get("sections", ())
    return {
        "title": known.get("title", record["programme"]),
        "tiers": {tier["tier"]: tier["title"] for tier in known.get("tiers", ())},
        "sections": {section["section"]: section["title"] for section in sections},
        "fields": {(s["section"], f["field"]): f["title"] for s in sections for f in s.get("fields", ())},
    }
