"""Programmes are found by walking folders; a third one is one folder more."""

import os
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType

import pytest

from shared.programmes.catalogue import PATH_VARIABLE, PROGRAMMES, load

THIRD = '''"""A third programme, for a test."""

from pathlib import Path
from typing import Annotated

from {package}.words import TITLE
from shared.programmes.shape import Accounts, Programme, Record, Section, Text, Tier, Words, required


class Basic(Record):
    """Who it is."""

    name: Annotated[Text, required("姓名", "Name")]


PROGRAMME = Programme(
    programme="{slug}",
    title=TITLE,
    accounts=Accounts.SELF_REGISTERED,
    sections=(Section("basic", Words("基本情况", "Basic facts"), Basic),),
    tiers=(Tier("employer", Words("所在单位", "Employer")),),
    home=Path(__file__).parent,
)
'''


def third(folder: Path, slug: str) -> Path:
    """A programme of two modules, outside the tree."""
    folder.mkdir(parents=True)
    text = THIRD.format(package=f"juxian_programme_{folder.name}", slug=slug)
    (folder / "__init__.py").write_text(text, encoding="utf-8")
    (folder / "words.py").write_text(
        'from shared.programmes.shape import Words\n\nTITLE = Words("雄安新区人才", "Xiongan talent")\n',
        encoding="utf-8",
    )
    return folder


def test_both_programmes_are_there_and_cannot_be_changed() -> None:
    assert list(PROGRAMMES) == ["dezhou-talent-pool", "hebei-professional-title"]
    assert isinstance(PROGRAMMES, MappingProxyType)
    with pytest.raises(KeyError):
        PROGRAMMES["nothing"]


def test_a_third_programme_is_one_folder_more(tmp_path: Path) -> None:
    folder = third(tmp_path / "xiongan", "xiongan-talent")

    programmes = load([folder])

    assert list(programmes) == [*PROGRAMMES, "xiongan-talent"]
    assert programmes["xiongan-talent"].title.zh == "雄安新区人才"
    assert programmes["xiongan-talent"].letters == folder / "letters"
    assert programmes["xiongan-talent"].section("basic").parse({"name": " 张伟 "}) == {"name": "张伟"}
    assert load([folder])["xiongan-talent"] is programmes["xiongan-talent"]


def test_a_folder_of_programmes_is_walked(tmp_path: Path) -> None:
    third(tmp_path / "one_more", "one-more")
    third(tmp_path / "two_more", "two-more")

    assert list(load([tmp_path])) == [*PROGRAMMES, "one-more", "two-more"]


def test_the_environment_names_further_folders_for_every_process(tmp_path: Path) -> None:
    folder = third(tmp_path / "by_environment", "by-environment")
    ask = "from shared.programmes.catalogue import PROGRAMMES; print(*PROGRAMMES)"

    told = subprocess.run(
        [sys.executable, "-c", ask],
        env=os.environ | {PATH_VARIABLE: str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.split() == [*PROGRAMMES, "by-environment"]


def test_two_programmes_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two programmes are called dezhou-talent-pool"):
        load([third(tmp_path / "again", "dezhou-talent-pool")])


def test_a_folder_without_a_programme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no programme in"):
        load([tmp_path])
