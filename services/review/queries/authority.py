"""Who may do what administrators do."""

from uuid import UUID

from shared.contracts.identity import Caller
from shared.contracts.refusals import Forbidden
from shared.contracts.texts import _


def demand_administrator(caller: Caller) -> UUID:
    """Refuse (403) whoever is no administrator; gives who it is."""
    if "administrator" not in caller.roles:
        raise Forbidden("administrators_only", _("只有管理员可以使用此功能。"))
    return caller.person
