"""Who may see a page: whoever is logged in and has changed the initial password, and of those one role alone."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps

from services.gateway.portal.uploads import form_of
from services.gateway.portal.visit import Showing, Shown, Visit, go_to, log_in_first
from shared.contracts.identity import Role
from shared.contracts.refusals import Forbidden
from shared.contracts.texts import _

Words = tuple[str, str]
ALONE: Mapping[str, str] = {
    "applicant": _("这里是申报人的页面，请用申报人帐号登录。"),
    "reviewer": _("这里是审核人员的页面，请用审核人员帐号登录。"),
    "administrator": _("只有管理员可以使用此功能。"),
}


def guarded(role: Role | None = None, words: Words | None = None) -> Callable[[Showing], Showing]:
    """Let in who is logged in, in that role; the others go to the login, and what a form held goes with them.

    `words`: title and sentence for a stranger who follows a letter's link, shown in place of the login.
    """

    def guard(show: Showing) -> Showing:
        """Put the guard before a page."""

        @wraps(show)
        async def let_in(visit: Visit) -> Shown:
            """Look at the session first."""
            session = visit.exchange.session
            if session is None and words is not None and not visit.is_scripted:
                return Shown("stranger.html", {"title": words[0], "sentence": words[1]})
            if session is None:
                return log_in_first(await _with_fields(visit))
            if session.must_change_password:
                return go_to("/password")
            if role is not None and role not in session.roles:
                raise Forbidden(f"{role}s_only", ALONE[role])
            return await show(visit)

        return let_in

    return guard


for_persons = guarded()
for_applicants = guarded("applicant")
for_reviewers = guarded("reviewer")
for_administrators = guarded("administrator")


async def _with_fields(visit: Visit) -> Visit:
    """The visit with its form read, where a page would have read it by itself."""
    return replace(visit, form=(await form_of(visit)).fields) if visit.has_unread_form else visit
