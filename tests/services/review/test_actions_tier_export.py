"""What an operator takes out of a tier: every case there, no formula in a cell, noted in the trail."""

import csv
import io
import json
from zipfile import ZipFile

import pytest

from services.review import actions
from shared.contracts.refusals import Invalid
from shared.kit.database import Database
from tests.conftest import notes_told
from tests.services.review.profile_double import Profile
from tests.services.review.stories import Story, approved


@pytest.fixture
async def told(review: Database, profile: Profile) -> Database:
    """Two cases at the city, one at the employer."""
    await approved(review, Story(name="=张伟"))
    await approved(review, Story(serial=2, name="李娜"), until="county_talent_office")
    await review.act(actions.open_case, Story(serial=3, name="王芳").filed())
    return review


@pytest.mark.parametrize(
    ("tier", "names"),
    [
        ("city", ["'=张伟", "李娜"]), ("city_talent_office", ["'=张伟"]), ("employer", ["王芳"]),
        ("county_hr_bureau", []),
    ],
)  # fmt: skip
async def test_a_tier_or_all_that_begin_so_are_written(told: Database, tier: str, names: list[str]) -> None:
    content = await told.act(actions.export_tier, tier, "csv", None, "zh")

    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert (lines[0][:2], [line[1] for line in lines[1:]]) == (["申报编号", "申请人"], names)


async def test_each_form_holds_the_same(told: Database) -> None:
    sheet = await told.act(actions.export_tier, "city", "xlsx", "dezhou-talent-pool", "zh")
    answer = json.loads(await told.act(actions.export_tier, "city", "json", None, "zh"))

    book = ZipFile(io.BytesIO(sheet))
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert [item["applicant"]["name"] for item in answer["items"]] == ["=张伟", "李娜"]
    notes = await notes_told(told)
    said = [(note.action, note.subject_id, note.detail["rows"]) for note in notes]
    assert said == [("cases_exported", "city", 2)] * 2


@pytest.mark.parametrize("asked", [("mars", None), ("city", "nobodys")])
async def test_unknown_names_are_refused(told: Database, asked: tuple[str, str | None]) -> None:
    with pytest.raises(Invalid):
        await told.act(actions.export_tier, asked[0], "csv", asked[1], "zh")
