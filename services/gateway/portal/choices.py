"""The options of a select, drawn once: a form has hundreds, the same for everybody, and one of them is chosen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from shared.kit.texts import translate

MOST = 400
"""Drawn lists that are kept; a programme has some twenty in each language."""
_OPTION = Markup('<option value="{}">{}</option>\n')
_drawn: dict[tuple[int, str], tuple[Sequence[Any], Markup]] = {}


def options(language: str, choices: Sequence[Mapping[str, Any]], chosen: object) -> Markup:
    """The options of a list of choices (`value`, `title`) or organizations (`organization_id`, `name`).

    A list is known again by its identity: whoever reads one keeps it for as long as its content stays the same.
    """
    kept = _drawn.get((id(choices), language))
    if kept is None:
        if len(_drawn) >= MOST:
            _drawn.clear()
        # The list is held beside what was drawn of it, so that no other list can come by its identity.
        kept = _drawn[id(choices), language] = (choices, Markup().join(_options(language, choices)))
    if chosen in (None, ""):
        return kept[1]
    mark = f'value="{escape(chosen)}"'
    return Markup(kept[1].replace(Markup(mark), Markup(f"{mark} selected"), 1))  # noqa: S704 - both are escaped


def _options(language: str, choices: Sequence[Mapping[str, Any]]) -> Iterable[Markup]:
    """Each option."""
    for one in choices:
        if "organization_id" in one:
            yield _OPTION.format(one["organization_id"], one["name"])
        else:
            yield _OPTION.format(one["value"], translate(one["title"], language))
