"""Who may see a page of an account: its owner, once the initial password is changed."""

from functools import wraps

from services.gateway.portal.visit import Showing, Shown, Visit, go_to, log_in_first


def for_persons(show: Showing) -> Showing:
    """Let in who is logged in; send others to the login, and who must first change the password there."""

    @wraps(show)
    async def guarded(visit: Visit) -> Shown:
        """Look at the session first."""
        session = visit.exchange.session
        if session is None:
            return log_in_first(visit)
        return go_to("/password") if session.must_change_password else await show(visit)

    return guarded
