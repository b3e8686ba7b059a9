"""Who may see the reviewers' pages, and what their services' answers hold."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from services.gateway.actions.ask import Reply
from services.gateway.portal.visit import Showing, Shown, Visit, go_to, log_in_first
from shared.contracts.refusals import Forbidden, Missing, Unavailable
from shared.contracts.texts import _

OK, FORBIDDEN, NOT_FOUND, REFUSED, BROKEN = 200, 403, 404, 400, 500
Json = Mapping[str, Any]
Words = tuple[str, str]


def for_reviewers(words: Words | None = None) -> Callable[[Showing], Showing]:
    """Let reviewers in. `words`: title and sentence for a stranger who follows a letter's link; else the login."""

    def guard(show: Showing) -> Showing:
        """Put the guard before a page."""

        @wraps(show)
        async def guarded(visit: Visit) -> Shown:
            """Look at the session first."""
            session = visit.exchange.session
            if session is None and words is not None:
                return Shown("stranger.html", {"title": words[0], "sentence": words[1]})
            if session is None:
                return log_in_first(visit)
            if session.must_change_password:
                return go_to("/password")
            if "reviewer" not in session.roles:
                raise Forbidden("reviewers_only", _("这里是审核人员的页面，请用审核人员帐号登录。"))
            return await show(visit)

        return guarded

    return guard


def must(reply: Reply | None) -> Json:
    """What an answer holds; Missing, Forbidden or Unavailable where it holds nothing to show."""
    if reply is None or reply.status >= BROKEN:
        raise Unavailable(retry_after=3)
    if reply.status == FORBIDDEN:
        raise Forbidden
    if reply.status != OK:
        raise Missing
    content: Json = reply.content
    return content


def held(reply: Reply | None) -> Json:
    """What an answer holds; nothing where it could not be read, so that the rest of a page is shown."""
    content: Json = reply.content if reply is not None and reply.status == OK else {}
    return content


def items(reply: Reply | None) -> list[Json]:
    """The items of a list; none where it could not be read."""
    return list(held(reply).get("items", ()))


def accepted(reply: Reply) -> bool:
    """Whether a form was taken. Missing or Unavailable where it could not even be judged."""
    if reply.status >= BROKEN:
        raise Unavailable(retry_after=3)
    if reply.status == NOT_FOUND:
        raise Missing
    return reply.status < REFUSED
