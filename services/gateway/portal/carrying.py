"""What a form held when its session was over goes through the login and comes out again: nothing is typed twice."""

from collections.abc import Sequence

import orjson

from services.gateway.clients import digest_of
from services.gateway.portal.visit import Shown, Visit
from services.gateway.rules.headers import Header
from services.gateway.rules.words import safe_next
from shared.contracts.texts import _

PREFIX = "carried."
GOAL = "carried_to"


def carried(visit: Visit) -> dict[str, object]:
    """What the login form carries along: the fields, and the address that they were on their way to."""
    goal = visit.form.get(GOAL, "")
    pairs = [(name.removeprefix(PREFIX), value) for name, value in visit.form.pairs if name.startswith(PREFIX)]
    return {"carried": pairs, GOAL: goal if goal and safe_next(goal) == goal else ""}


def is_first_knock(visit: Visit) -> bool:
    """Whether a form whose session was over has just come to the login: nobody has typed a name yet."""
    return GOAL in visit.form and "username" not in visit.form


async def go_on(visit: Visit, token: str, cookies: Sequence[Header]) -> Shown | None:
    """After the login, hand the fields back to be sent once more; None where nothing was under way."""
    held = carried(visit)
    if not held[GOAL]:
        return None
    session = await visit.desk.sessions.resolve(digest_of(token), visit.exchange.request_id)
    return Shown("continue.html", held | {"token": session.csrf if session else ""}, headers=tuple(cookies))


async def session_mark(visit: Visit) -> Shown:
    """Whether the visitor is logged in, for a page whose session was over; to people, a word after the login."""
    session = visit.exchange.session
    if "application/json" not in (visit.exchange.header(b"accept") or ""):
        words = _("请关闭本页，回到刚才的页面继续。") if session else _("请先登录。")
        link = ("/", _("返回首页")) if session else ("/login?next=/session", _("登录"))
        return Shown("told.html", {"title": _("登录状态"), "sentence": words, "link": link})
    known = {"known": True, "csrf": session.csrf, "expires_at": session.expires_at} if session else {"known": False}
    return Shown(content=orjson.dumps(known), headers=((b"content-type", b"application/json"),))
