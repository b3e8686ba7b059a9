"""Keyset pages over ids: those made later sort later."""

from uuid import UUID

from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit.web.paging import Page


def after_id(page: Page) -> UUID | None:
    """The id that the last page ended with; None for the first page. A cursor that was made up is refused."""
    if page.after is None:
        return None
    try:
        return UUID(str(page.after[0]))
    except (ValueError, IndexError) as error:
        fault = Fault("cursor_unknown", _("翻页标记无效，请从第一页开始。"), field="cursor")
        raise Invalid(faults=[fault]) from error
