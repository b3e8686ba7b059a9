"""Every letter with invented data, in the words of a programme, by the same path as real letters."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from uuid import UUID

from services.notify.models import Letter
from services.notify.queries import wording
from services.notify.queries.deliveries import require_administrator
from services.notify.queries.wording import Content
from services.notify.rules import Administrators, Draft, Owner, Reviewers, drafts_of
from services.notify.rules.samples import TOKEN, other_drafts, reader, sample_events
from services.notify.rules.titles import TITLES
from services.notify.schemas import LetterItem, LetterItems, LetterOf, LetterShown
from services.notify.settings import settings
from shared.contracts.identity import Caller
from shared.contracts.refusals import Missing
from shared.kit.texts import translate
from shared.programmes.catalogue import PROGRAMMES
from shared.programmes.shape import Programme


def letters(caller: Caller, programme: str | None) -> LetterItems:
    """Every letter, with the programmes that say something in it in their own way; or those of one programme."""
    require_administrator(caller)
    shown = PROGRAMMES.values() if programme is None else [_programme(programme)]
    drafts = _drafts(_programme(None).programme)
    return LetterItems(items=[_item(drafts[name], list(shown), caller.language) for name in sorted(drafts)])


def sample(caller: Caller, letter: str, programme: str | None, language: str) -> LetterShown:
    """One letter with invented data; refused as Missing where there is none, or no such programme."""
    require_administrator(caller)
    declared = _programme(programme)
    draft = _drafts(declared.programme).get(letter)
    if draft is None:
        raise Missing
    name, of_person = reader(draft)
    said = Content(name, draft.link.replace("{token}", TOKEN), None, {**of_person, **draft.params})
    row = Letter(
        event_key=UUID(int=0),
        account_id=UUID(int=0),
        letter=letter,
        programme=declared.programme,
        language=language,
        params=b"",
    )
    rendered = wording.rendered(row, said)
    return LetterShown(
        letter=letter,
        title=translate(TITLES[letter], caller.language),
        programme=declared.programme,
        language=language,  # type: ignore[arg-type]  # the door has checked it
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
    )


def _programme(slug: str | None) -> Programme:
    """The programme of that name, or the default one."""
    found = PROGRAMMES.get(slug or settings().default_programme)
    if found is None:
        raise Missing
    return found


@cache
def _drafts(slug: str) -> Mapping[str, Draft]:
    """The first draft of each letter in that programme."""
    found: dict[str, Draft] = {}
    for draft in _all_drafts(PROGRAMMES[slug]):
        found.setdefault(draft.letter, draft)
    return found


def _all_drafts(programme: Programme) -> Iterator[Draft]:
    """Every draft that the invented events make, and those that none makes."""
    for event in sample_events(programme):
        yield from drafts_of(event)
    yield from other_drafts(programme)


def _item(draft: Draft, programmes: list[Programme], language: str) -> LetterItem:
    """A letter in the list."""
    return LetterItem(
        letter=draft.letter,
        title=translate(TITLES[draft.letter], language),
        to=_to(draft),  # type: ignore[arg-type]  # one of the four
        urgent=draft.urgent,
        programmes=[
            LetterOf(
                programme=one.programme,
                title=one.title.say(language),
                overridden=_overridden(one.letters / draft.letter),
            )
            for one in programmes
        ],
    )


def _to(draft: Draft) -> str:
    """Who gets it."""
    match draft.to:
        case Owner():
            return "owner"
        case Reviewers():
            return "reviewers"
        case Administrators():
            return "administrators"
        case _:
            return "audience"


def _overridden(folder: Path) -> list[str]:
    """The files that a programme lays over the common ones."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
