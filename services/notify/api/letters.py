"""Letters with sample data, for administrators: to be looked at, not changed."""

from typing import Annotated

from fastapi import Path, Query

from services.notify.queries import samples
from services.notify.schemas import Language, LetterItems, LetterShown
from shared.kit.web import CallerDep, router

routes = router("/admin/letters", tags=["administration"])
Slug = Annotated[str | None, Query(max_length=100)]


@routes.get("")
async def letters(caller: CallerDep, programme: Slug = None) -> LetterItems:
    """Every letter of every programme, or of one."""
    return samples.letters(caller, programme)


@routes.get("/{letter}")
async def letter_sample(
    letter: Annotated[str, Path(max_length=100)],
    caller: CallerDep,
    programme: Slug = None,
    language: Language = "zh",
) -> LetterShown:
    """One letter with invented data, rendered as real ones are."""
    return samples.sample(caller, letter, programme, language)
