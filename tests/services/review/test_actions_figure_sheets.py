"""Figures as a spreadsheet: every breakdown on a sheet of its own, numbers as numbers, in the reader's language."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from services.review import actions
from shared.kit.database import Database
from tests.conftest import Client, ClientOf
from tests.services.review.profile_double import Profile
from tests.services.review.stories import EMPLOYER, Story, decide, reviewer, said


async def asked(client: Client, language: str) -> CalamineWorkbook:
    """The file in that language."""
    headers = client.as_caller(reviewer(EMPLOYER)) | {"Accept-Language": language}
    answer = await client.get("/review/statistics.xlsx", headers=headers)
    assert answer.status_code == 200
    return CalamineWorkbook.from_filelike(BytesIO(answer.content))


async def test_figures_are_taken_out_with_every_breakdown(
    review: Database, profile: Profile, client_of: ClientOf
) -> None:
    client = await client_of("review")
    stories = [Story(serial=at) for at in range(3)]
    for story in stories:
        await review.act(actions.open_case, story.filed())
    await decide(review, stories[0], EMPLOYER, said("approve"))
    await decide(review, stories[1], EMPLOYER, said("return"))

    chinese, english = await asked(client, "zh-CN"), await asked(client, "en")

    assert chinese.sheet_names == ["各层级各单位", "按月份", "按层级", "按县（市、区）", "按认定层次", "退回原因"]
    assert chinese.get_sheet_by_index(0).to_python()[1][1:6] == ["所在单位", 1.0, 2.0, 1.0, 1.0]
    assert english.get_sheet_by_index(2).to_python()[1][:5] == ["Employer", 1.0, 2.0, 1.0, 1.0]


async def test_figures_are_for_staff(client_of: ClientOf) -> None:
    client = await client_of("review")

    assert (await client.get("/review/statistics.xlsx")).status_code == 401
