"""The history of a case stays as it was written: the database refuses changes, and the chain finds them."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.review import actions, queries
from shared.kit.database import Database
from tests.services.review.profile_double import Profile
from tests.services.review.reading import history
from tests.services.review.stories import BUREAU, EMPLOYER, Story, approved, content, decide, said


async def run(database: Database, *statements: str) -> None:
    """Run statements as somebody who owns the database."""
    async with database.transaction() as session:
        for statement in statements:
            await session.execute(text(statement))


async def returned(review: Database, profile: Profile) -> Story:
    """A story with pinned remarks, two rounds and five tiers behind it."""
    story = Story()
    profile.keep(story.submission_id, 1, content(story))
    await approved(review, story, until="employer")
    box = {"x": 0.125, "y": -0.0, "width": 1e-7, "height": 0.5}
    remark = {"comment": "请补充手机号 “本人”", "section": "basic", "field": "mobile"}
    profile.snapshots[story.submission_id, 1]["scans"] = [{"scan_id": str(story.case_id), "pages": 1}]
    scan = {"comment": "印章不清", "scan": str(story.case_id), "page": 1, "box": box}
    await decide(review, story, BUREAU, said("return", remarks=[remark, scan]))
    story.round = 2
    await approved(review, story)
    return story


async def test_a_whole_life_hangs_together(review: Database, profile: Profile) -> None:
    story = await returned(review, profile)

    assert await history(review, story) == [
        ("filed", 1, 1, None), ("decided", 1, 1, "approve"), ("decided", 1, 1, "return"), ("filed", 2, 2, None),
        *[("decided", 2, 2, "approve")] * 5,
    ]  # fmt: skip
    assert await review.read(queries.tampering_in, None, 9) == ([], 1, story.case_id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET comment = 'x'", "DELETE FROM history", "UPDATE snapshot SET version = 9",
        "DELETE FROM snapshot",
    ],
)  # fmt: skip
async def test_the_database_refuses_to_change_what_was_written(
    review: Database, profile: Profile, statement: str
) -> None:
    await returned(review, profile)

    with pytest.raises(DBAPIError, match="append-only"):
        await run(review, statement)


@pytest.mark.parametrize(
    ("changed", "law"),
    [
        ("decision = 'return', comment = ' '", "history_returned_with_a_comment"),
        ("decision = NULL", "history_decided_by_a_reviewer"),
        ("decision = 'reject', comment = 'x'", "history_decision_known"),
        ("category = 'B', decision = 'return', comment = 'x'", "history_category_of_an_approval"),
        ("seq = 90", "history_tier_decides_once"),
        ("seq = 90, kind = 'filed', decision = NULL, reviewer_id = NULL, version = 1, round = 1", "history_told_once"),
        ("seq = 1, round = 9", "history_in_order"),
        ("seq = 90, round = 9, remarks = '[{}]'", "history_remarks_of_a_return"),
    ],
)
async def test_the_database_knows_the_law(review: Database, profile: Profile, changed: str, law: str) -> None:
    """A second entry like the employer's approval, with one thing changed, is refused by name."""
    story = Story()
    await approved(review, story, until="employer")
    names = await _columns(review)
    given = {name.strip(): value for name, value in (part.split("=") for part in changed.split(", "))}
    values = [given.get(name, "gen_random_uuid()" if name == "id" else name) for name in names]

    with pytest.raises(DBAPIError, match=law):
        await run(
            review, f"INSERT INTO history ({','.join(names)}) SELECT {','.join(values)} FROM history WHERE seq = 2"
        )


async def _columns(database: Database) -> list[str]:
    async with database.engine.connect() as connection:
        named = "SELECT attname FROM pg_attribute WHERE attrelid = 'history'::regclass AND attnum > 0"
        return list((await connection.execute(text(named))).scalars())


async def test_the_database_lets_one_tier_decide_once_in_a_round(review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    await decide(review, story, EMPLOYER, said("approve"))
    put_back = f"UPDATE review_case SET position = 0, organization_id = '{EMPLOYER}'"
    await run(review, put_back)

    with pytest.raises(DBAPIError, match="history_tier_decides_once"):
        await decide(review, story, EMPLOYER, said("approve"))
