"""Pages to read: help with each programme's support contact, terms of use, privacy notice."""

from services.gateway.portal.answers import gather, items_of
from services.gateway.portal.visit import Shown, Visit


async def help_page(visit: Visit) -> Shown:
    """Whom to call, and answers to what is asked most."""
    (programmes,) = await gather(visit, ("profile", "/programmes"))
    return Shown("public/help.html", {"programmes": items_of(programmes) or []})


async def terms(_visit: Visit) -> Shown:
    """The terms of use."""
    return Shown("public/terms.html")


async def privacy(_visit: Visit) -> Shown:
    """What personal information is kept, for what, for how long, and what its owner may ask for."""
    return Shown("public/privacy.html")
