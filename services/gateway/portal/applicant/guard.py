"""Who may see an applicant's pages: the person, logged in, once the initial password is changed."""

from functools import wraps

from services.gateway.portal.applicant.forms import form_of
from services.gateway.portal.visit import Showing, Shown, Visit, go_to, log_in_first
from shared.contracts.refusals import Forbidden
from shared.contracts.texts import _


def for_applicants(show: Showing) -> Showing:
    """Let applicants in; send others to the login, and what a form held goes with them."""

    @wraps(show)
    async def guarded(visit: Visit) -> Shown:
        """Look at the session first."""
        session = visit.exchange.session
        if session is None:
            return log_in_first(await _with_fields(visit))
        if session.must_change_password:
            return go_to("/password")
        if "applicant" not in session.roles:
            raise Forbidden("applicants_only", _("这里是申报人的页面，请用申报人帐号登录。"))
        return await show(visit)

    return guarded


async def _with_fields(visit: Visit) -> Visit:
    """The visit with its form read, where a page would have read it by itself."""
    if visit.exchange.method != "POST" or visit.form.pairs:
        return visit
    form = await form_of(visit)
    return Visit(visit.desk, visit.exchange, visit.parameters, visit.query, form.fields)
