"""Keyset pages over ids: those made later sort later."""

from uuid import UUID

from shared.kit.web.paging import Page


def after_id(page: Page) -> UUID | None:
    """The id that the last page ended with; None for the first page. A cursor that was made up is refused."""
    keys = page.keys(UUID)
    return keys[0] if keys else None
