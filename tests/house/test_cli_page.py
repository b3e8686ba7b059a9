"""The page of the command names every command there is, and nothing else; each answers scripts in JSON."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from typer import Typer
from typer.main import get_command

from cli.app import OF_SERVICES, app
from tests.house.sources import ROOT

NAMED = re.compile(r"^\| `juxian ([a-z -]+)` \|", re.MULTILINE)
SAID = re.compile(r"`juxian ([a-z-]+(?: [a-z-]+)?)")
IN_THE_FOREGROUND = ("up",)


def commands(group: Typer, *above: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Every command below a group with its options; those that services bring, too."""
    for name, command in getattr(get_command(group), "commands", {}).items():
        if name in OF_SERVICES and not above:
            yield from commands(import_module(OF_SERVICES[name]).app, name)
        elif hasattr(command, "commands"):
            yield from _listed(command, name)
        else:
            yield " ".join((*above, name)), _options(command)


def _listed(group: object, name: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The commands of one group."""
    for inner, command in group.commands.items():  # type: ignore[attr-defined]  # click's own groups have it
        yield f"{name} {inner}", _options(command)


def _options(command: object) -> frozenset[str]:
    """The names of a command's options."""
    return frozenset(option for parameter in command.params for option in parameter.opts)  # type: ignore[attr-defined]  # likewise


ALL = dict(commands(app))


def test_every_command_is_on_the_page_and_nothing_else() -> None:
    page = (ROOT / "docs/cli.md").read_text(encoding="utf-8")

    assert sorted(NAMED.findall(page)) == sorted(ALL)


@pytest.mark.parametrize("name", sorted(set(ALL) - set(IN_THE_FOREGROUND)))
def test_every_command_answers_in_json(name: str) -> None:
    assert "--json" in ALL[name]


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
def test_no_page_names_a_command_that_is_not_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    groups = {name.split()[0] for name in ALL}
    said = {words for words in SAID.findall(text) if words.split()[0] != "command"}

    assert sorted(words for words in said if words not in ALL and words.split()[0] not in groups) == []
