"""A letter's row in words: opened, put in the reader's language, rendered from its folder of templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from services.notify.models import Letter
from services.notify.rules import Json, Reader, words
from services.notify.settings import settings
from shared.kit.database import Session
from shared.kit.letters import Letters, Rendered
from shared.kit.texts import translate
from shared.kit.vault import Erased, vault
from shared.programmes.catalogue import PROGRAMMES

TOKEN = "letter-token"  # noqa: S105 - the purpose under which auth wraps tokens for us, not one of them
LETTERS = Letters(Path(__file__).resolve().parents[1] / "letters")


@dataclass(frozen=True, slots=True)
class Content:
    """What is sealed in a letter's row: everything that its event gave, and whom it greets."""

    name: str
    link: str
    token: str | None
    params: Mapping[str, Json]

    def sealed(self) -> dict[str, Json]:
        """As the vault takes it."""
        return {"name": self.name, "link": self.link, "token": self.token, "params": dict(self.params)}


async def content(session: Session, letter: Letter) -> Content:
    """Open a letter's row; raises Erased for a person who was erased."""
    opened = await vault().open(
        session, letter.account_id, letter.params, table="letter", column="params", row_id=letter.id
    )
    assert isinstance(opened, dict)  # noqa: S101 - we sealed it so
    params, token = opened["params"], opened["token"]
    assert isinstance(params, dict)  # noqa: S101 - as above
    return Content(str(opened["name"]), str(opened["link"]), str(token) if token else None, params)


def rendered(letter: Letter, said: Content) -> Rendered:
    """The letter as it is sent, in its own language."""
    return LETTERS.render(letter.letter, letter.language, _words(letter, said, letter.language), _over(letter))


def subject(letter: Letter, said: Content, language: str) -> str:
    """The subject alone."""
    return LETTERS.subject(letter.letter, language, _words(letter, said, language), _over(letter))


def text(letter: Letter, said: Content, language: str) -> str:
    """The plain text alone, as the portal shows it."""
    return LETTERS.text(letter.letter, language, _words(letter, said, language), _over(letter))


def _words(letter: Letter, said: Content, language: str) -> dict[str, object]:
    """What the templates name."""
    reader = Reader(said.name, language, partial(translate, language=language))
    programme = PROGRAMMES.get(letter.programme) if letter.programme else None
    return words(said.params, programme, reader, settings().public_url + _path(said))


def _path(said: Content) -> str:
    """Where the link leads."""
    return said.link.replace("{token}", vault().unwrap(said.token, TOKEN)) if said.token else said.link


def _over(letter: Letter) -> Path | None:
    """The programme's own folder of letters."""
    programme = PROGRAMMES.get(letter.programme) if letter.programme else None
    return programme.letters if programme else None


__all__ = ["LETTERS", "Content", "Erased", "content", "rendered", "subject", "text"]
