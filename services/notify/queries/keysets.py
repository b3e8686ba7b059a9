"""Where a page of a list begins: the keys in its cursor, or the refusal of one that was made up."""

from datetime import datetime
from uuid import UUID

from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit.web import Page


def after_id(page: Page) -> UUID | None:
    """The id after which a page begins; None for the first."""
    if page.after is None:
        return None
    try:
        (key,) = page.after
        return UUID(str(key))
    except ValueError:
        raise _unknown() from None


def after_announcement(page: Page) -> tuple[bool, datetime, UUID] | None:
    """The place, moment and id of the announcement after which a page begins; None for the first."""
    if page.after is None:
        return None
    try:
        pinned, published_at, announcement_id = page.after
        return bool(pinned), datetime.fromisoformat(str(published_at)), UUID(str(announcement_id))
    except ValueError:
        raise _unknown() from None


def _unknown() -> Invalid:
    """The refusal of a cursor that is none of ours."""
    return Invalid(faults=[Fault("cursor_unknown", _("翻页标记无效，请从第一页开始。"), field="cursor")])
