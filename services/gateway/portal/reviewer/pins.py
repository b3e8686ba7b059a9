"""Problems pinned to a field, an entry or a scan: as the desk's form sends them, and as a desk shows them again."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from services.gateway.portal.visit import Filled

PARTS = ("pin_section", "pin_entry", "pin_field", "pin_scan", "pin_page", "pin_box", "pin_comment")


class Pin(NamedTuple):
    """One problem, as it was filled in."""

    section: str
    entry: str
    field: str
    scan: str
    page: str
    box: str
    comment: str

    @property
    def place(self) -> str:
        """The entry or scan that it is pinned to."""
        return f"{self.section}/{self.entry}/{self.scan}"


def remarks_of(form: Filled) -> list[dict[str, Any]]:
    """The remarks of a form in the words of the API."""
    return [_remark(pin) for pin in _said(form)]


def pins_of(form: Filled) -> Mapping[str, list[Pin]]:
    """The problems of a form by their places, so that a page that is shown again keeps them."""
    found: dict[str, list[Pin]] = {}
    for pin in _said(form):
        found.setdefault(pin.place, []).append(pin)
    return found


def _said(form: Filled) -> Iterator[Pin]:
    """The problems that say something: one that says nothing is no remark."""
    rows = (Pin(*row) for row in zip(*(form.all(part) for part in PARTS), strict=False))
    return (pin._replace(comment=pin.comment.strip()) for pin in rows if pin.comment.strip())


def _remark(pin: Pin) -> dict[str, Any]:
    """One problem; what was left empty is left out."""
    where: dict[str, Any] = {"section": pin.section, "entry": pin.entry, "field": pin.field, "scan": pin.scan}
    if pin.page.isdecimal():
        where["page"] = int(pin.page)
    where["box"] = _box(pin.box)
    return {"comment": pin.comment, **{name: value for name, value in where.items() if value}}


def _box(text: str) -> dict[str, float] | None:
    """A place on a page, written as four fractions."""
    try:
        x, y, width, height = (min(1.0, max(0.0, float(part))) for part in text.split(","))
    except ValueError:
        return None
    return {"x": x, "y": y, "width": min(width, 1 - x), "height": min(height, 1 - y)}
