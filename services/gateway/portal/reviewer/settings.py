"""A reviewer's settings: the office's phrases, who stands in, shortcuts, mails."""

from services.gateway.portal.answers import Json, accepted, held, items
from services.gateway.portal.guards import for_reviewers
from services.gateway.portal.reviewer.choices import kept
from services.gateway.portal.reviewer.frame import DESK, frame
from services.gateway.portal.visit import Shown, Visit, go_to

HERE = "/review/settings"


@for_reviewers
async def settings(visit: Visit) -> Shown:
    """The page."""
    return await _page(visit)


async def _page(visit: Visit, problem: Json | None = None, status: int = 200) -> Shown:
    """The page; with `problem`, what was wrong with a form of it."""
    office, delegations, colleagues, me = await visit.ask_all(
        DESK,
        ("review", "/review/delegations"),
        ("review", "/review/colleagues"),
        ("auth", "/me"),
    )
    values = frame(visit, office, "settings")
    values |= {
        "spoken": visit.form.get("phrases", "\n".join(values["phrases"])),
        "delegations": items(delegations),
        "colleagues": items(colleagues),
        "mail_mode": held(me).get("mail_mode", "each"),
        "filled": visit.form,
        "problem": problem,
    }
    return Shown("reviewer/settings.html", values, status)


async def _done(visit: Visit, method: str, path: str, body: Json | None, told: str) -> Shown:
    """Ask review for it; then on to a page that says so, or back to what was filled in."""
    reply = await visit.ask("auth" if path == "/me" else "review", method, path, body)
    return go_to(f"{HERE}?done={told}") if accepted(reply) else await _page(visit, reply.content or {}, reply.status)


@for_reviewers
async def put_keys(visit: Visit) -> Shown:
    """Switch the single letters on or off, wherever one logs in."""
    body = {**await kept(visit), "keys": visit.form.get("keys") == "on"}
    return await _done(visit, "PUT", "/review/desk/choices", body, "keys")


@for_reviewers
async def put_mails(visit: Visit) -> Shown:
    """Letters each by itself, or one a day."""
    mode = "daily" if visit.form.get("mail_mode") == "daily" else "each"
    return await _done(visit, "PATCH", "/me", {"mail_mode": mode}, "mails")


@for_reviewers
async def put_phrases(visit: Visit) -> Shown:
    """Keep the office's phrases, a line each."""
    lines = dict.fromkeys(line.strip() for line in visit.form.get("phrases", "").splitlines())
    return await _done(visit, "PUT", "/review/phrases", {"phrases": [line for line in lines if line]}, "phrases")


@for_reviewers
async def delegate(visit: Visit) -> Shown:
    """Let a colleague stand in."""
    body = {name: visit.form.get(name, "").strip() for name in ("to", "from_on", "to_on")}
    return await _done(visit, "POST", "/review/delegations", body, "delegated")


@for_reviewers
async def end_delegation(visit: Visit) -> Shown:
    """Take a delegation back."""
    return await _done(visit, "DELETE", f"/review/delegations/{visit.identifier('delegation_id')}", None, "ended")
