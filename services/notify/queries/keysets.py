"""Where a page of a list begins: the keys in its cursor; one that was made up is refused."""

from datetime import datetime
from uuid import UUID

from shared.kit.web import Page
from shared.kit.web.paging import moment


def after_id(page: Page) -> UUID | None:
    """The id after which a page begins; None for the first."""
    keys = page.keys(UUID)
    return keys[0] if keys else None


def after_announcement(page: Page) -> tuple[bool, datetime, UUID] | None:
    """The place, moment and id of the announcement after which a page begins; None for the first."""
    return page.keys(bool, moment, UUID)
