"""Deliveries (投递): what was sent to whom, what failed and why, sent once more; letters with sample data."""

from collections.abc import Mapping
from urllib.parse import urlencode

from services.gateway.portal.admin.forms import Do, Problem, asked, done, listing, read
from services.gateway.portal.answers import items_of, must, shown_of
from services.gateway.portal.guards import for_administrators
from services.gateway.portal.visit import Shown, Visit, go_to
from services.gateway.rules.headers import POLICY
from shared.contracts.refusals import Missing, Unavailable
from shared.contracts.texts import _

OK = 200
STATES = ("queued", "sending", "retry", "sent", "failed", "cancelled")
BATCH, MOST = 5000, 20
DONE: Mapping[str, str] = {
    "retried": _("已重新排队发送。"),
    "retried-some": _("已重新排队发送；其中链接已过期的没有重发。"),
}


@for_administrators
async def deliveries(visit: Visit) -> Shown:
    """The list with its filters, and above it how it stands and what fails why."""
    return await _list(visit, None, 200)


async def _list(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The page of deliveries."""
    wanted = asked(visit.query, "state", "to", "template", "cause", "programme", "cursor")
    listed, summary, letters, programmes = await read(
        visit,
        ("notify", listing("/admin/deliveries", wanted)),
        ("notify", "/admin/deliveries/summary"),
        ("notify", "/admin/letters"),
        ("profile", "/programmes"),
    )
    values = {
        "page": must(listed),
        "summary": shown_of(summary),
        "asked": wanted,
        "states": STATES,
        "letters": items_of(letters) or [],
        "programmes": items_of(programmes) or [],
        "problem": problem,
        "done": DONE.get(visit.query.get("done", "")) if problem is None else None,
    }
    return Shown("admin/deliveries.html", values, status)


@for_administrators
async def delivery(visit: Visit) -> Shown:
    """One delivery in full."""
    return await _one(visit, None, 200)


async def _one(visit: Visit, problem: Problem | None, status: int) -> Shown:
    """The page of one."""
    (found,) = await read(visit, ("notify", f"/admin/deliveries/{visit.identifier('delivery_id')}"))
    told = DONE.get(visit.query.get("done", "")) if problem is None else None
    return Shown("admin/delivery.html", {"delivery": must(found), "problem": problem, "done": told}, status)


@for_administrators
async def retry(visit: Visit) -> Shown:
    """Send one once more."""
    path = f"/admin/deliveries/{visit.identifier('delivery_id')}"
    call: Do = ("notify", "POST", f"{path}/retry", None)
    return await done(visit, call, path, "retried", _one)


@for_administrators
async def retry_many(visit: Visit) -> Shown:
    """Send all of a cause once more, batch by batch; links that have expired are left."""
    body = {"state": visit.form.get("state", "failed"), "cause": visit.form.get("cause") or None}
    expired = 0
    for _batch in range(MOST):
        reply = await visit.ask("notify", "POST", "/admin/deliveries/retry", body)
        if reply.status != OK:
            return await _list(visit, reply.content or {}, reply.status)
        expired = int(reply.content["expired"])
        if reply.content["retried"] < BATCH:
            break
    return go_to(f"/admin/deliveries?done={'retried-some' if expired else 'retried'}")


@for_administrators
async def letters(visit: Visit) -> Shown:
    """Every letter that the platform writes."""
    (listed,) = await read(visit, ("notify", "/admin/letters"))
    return Shown("admin/letters.html", {"letters": must(listed)["items"]})


@for_administrators
async def letter(visit: Visit) -> Shown:
    """One letter as it looks with sample data, in each programme's dress and in both languages, one's own first."""
    name = visit.parameters["letter"]
    asked_for = visit.query.get("language", visit.exchange.language)
    wanted = {"language": "en" if asked_for == "en" else "zh"}
    if visit.query.get("programme"):
        wanted["programme"] = visit.query["programme"]
    found, programmes, listed = await read(
        visit,
        ("notify", f"/admin/letters/{name}?{urlencode(wanted)}"),
        ("profile", "/programmes"),
        ("notify", "/admin/letters"),
    )
    values = {"letter": must(found), "programmes": items_of(programmes) or [], "letters": items_of(listed) or []}
    policy = (b"content-security-policy", f"{POLICY}; frame-src 'self'".encode())
    return Shown("admin/letter.html", values, headers=(policy,))


@for_administrators
async def letter_sample(visit: Visit) -> Shown:
    """The letter's own document, for the frame that shows it: nothing in it runs or loads."""
    wanted = {"language": "en" if visit.query.get("language") == "en" else "zh"}
    if visit.query.get("programme"):
        wanted["programme"] = visit.query["programme"]
    reply = await visit.ask("notify", "GET", f"/admin/letters/{visit.parameters['letter']}?{urlencode(wanted)}")
    if reply.status == 404:  # noqa: PLR2004 - Not Found
        raise Missing
    if reply.status != OK:
        raise Unavailable(members={"part": "notify"}, retry_after=3)
    headers = (
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-security-policy", b"sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"),
    )
    return Shown(content=reply.content["html"].encode(), headers=headers)
