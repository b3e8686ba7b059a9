"""What people read: the same words in Chinese and in English, and a choice that carries them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""A value as JSON knows it. A field's value is a string, a number, a boolean or a list of ids."""


class Words(NamedTuple):
    """One text in the platform's two languages; Chinese is the source."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        """The text in `language` (a tag such as `zh`, `zh-CN`, `en`, `en-GB`); Chinese for any other."""
        return self.en if language.lower().split("-")[0] == "en" else self.zh

    def both(self) -> dict[str, str]:
        """`{"zh": …, "en": …}`, as the API shows it."""
        return {"zh": self.zh, "en": self.en}


class Choice(NamedTuple):
    """One of the values that a field offers: the code of its standard where there is one, and its title."""

    value: str
    title: Words

    def describe(self) -> dict[str, Json]:
        """The choice as the API shows it."""
        return {"value": self.value, "title": self.title.both()}
