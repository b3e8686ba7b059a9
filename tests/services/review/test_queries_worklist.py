"""Worklists: what waits, what was decided, found by name and number, page by page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.review import actions, queries
from services.review.queries import Filters
from services.review.queries.worklist import page_of
from shared.contracts.events import OrganizationChanged
from shared.contracts.identity import Caller
from shared.contracts.refusals import Forbidden, Invalid
from shared.kit.database import Database
from shared.kit.ids import new_id
from shared.kit.web.paging import Page, _decode
from tests.services.review.profile_double import Profile
from tests.services.review.reading import rows
from tests.services.review.stories import (
    BUREAU,
    CITY,
    ELSEWHERE,
    EMPLOYER,
    HEBEI,
    MORNING,
    NAMES,
    Story,
    approved,
    decide,
    organization,
    reviewer,
    said,
    steps,
)  # fmt: skip

PEOPLE = (("张伟", "zhang wei"), ("李娜", "li na"), ("欧阳建国", "ou yang jian guo"), ("张建国", "zhang jian guo"))


async def people(review: Database, count: int = 4) -> list[Story]:
    """So many people whose filings wait at the employer, one a minute."""
    stories = []
    for at in range(count):
        name, pinyin = PEOPLE[at % len(PEOPLE)]
        story = Story(name=name, pinyin=pinyin, serial=at + 1, id_number=f"37140219900101{at:03}X")
        await review.act(actions.open_case, story.filed(at=MORNING + timedelta(minutes=at)))
        stories.append(story)
    return stories


async def names(review: Database, who: UUID = EMPLOYER, page: Page | None = None, **filters: Any) -> list[str]:  # noqa: ANN401 - filters
    """The applicants on the organization's list."""
    listed = await review.read(queries.worklist, reviewer(who), Filters(**filters), page or Page())
    return [str(item.applicant.name) for item in listed.items]


async def test_what_waits_longest_stands_first(review: Database) -> None:
    await people(review)

    assert await names(review) == ["张伟", "李娜", "欧阳建国", "张建国"]
    assert await names(review, sort="-waiting_since") == ["张建国", "欧阳建国", "李娜", "张伟"]
    assert await names(review, sort="applicant") == ["李娜", "欧阳建国", "张建国", "张伟"]
    assert await names(review, BUREAU) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("张", ["张伟", "张建国"]), ("建国", ["欧阳建国", "张建国"]), ("张国", []), ("zjg", ["张建国"]),
        ("oy", ["欧阳建国"]), ("zhang", ["张伟", "张建国"]), ("000X", ["张伟"]), ("DZ-2026-000002", ["李娜"]),
        ("张 zjg", ["张建国"]), ("%", []), ("", ["张伟", "李娜", "欧阳建国", "张建国"]),
    ],
)  # fmt: skip
async def test_applicants_are_found_by(review: Database, query: str, found: list[str]) -> None:
    await people(review)

    assert await names(review, query=query) == found


async def test_filters_narrow_the_list(review: Database) -> None:
    stories = await people(review)
    await review.act(actions.open_case, Story(name="陈静", programme=HEBEI, route=steps("employer")).filed())

    assert await names(review, programme=HEBEI) == ["陈静"]
    assert await names(review, filed_after=MORNING + timedelta(minutes=3)) == ["张建国"]
    assert len(await names(review, organization=EMPLOYER)) == 5
    assert await names(review, organization=ELSEWHERE) == []
    assert [story.name for story in stories] == await names(review, sort="filed_at", programme="dezhou-talent-pool")


async def test_waiting_decided_and_all(review: Database, profile: Profile) -> None:
    first, second, third, _fourth = await people(review)
    await decide(review, first, EMPLOYER, said("approve"))
    await decide(review, second, EMPLOYER, said("return"))
    await review.act(actions.close_withdrawn, third.withdrawn())

    assert await names(review) == ["张建国"]
    assert sorted(await names(review, state="decided")) == ["张伟", "李娜"]
    assert await names(review, state="all") == ["张建国", "欧阳建国", "李娜", "张伟"]
    assert await names(review, BUREAU) == ["张伟"]


@pytest.mark.parametrize("sort", ["waiting_since", "-waiting_since", "filed_at", "-applicant"])
async def test_pages_follow_one_another_without_gap_or_repetition(review: Database, sort: str) -> None:
    stories = await people(review, 11)
    seen, cursors, page = list[UUID](), list[str | None](), Page(limit=3)
    for _ in range(4):
        listed = await review.read(queries.worklist, reviewer(EMPLOYER), Filters(sort=sort), page)  # type: ignore[arg-type]  # a sort
        seen += [item.case_id for item in listed.items]
        cursors.append(listed.next_cursor)
        page = Page(limit=3, after=_decode(listed.next_cursor)) if listed.next_cursor else page

    assert [cursor is None for cursor in cursors] == [False, False, False, True]
    assert sorted(seen) == sorted(story.case_id for story in stories)


@pytest.mark.parametrize("after", [("x",), ("x", "y"), (1, 2, 3), ("2026-11-16", "y")])
async def test_a_cursor_that_was_made_up_is_refused(review: Database, after: tuple[Any, ...]) -> None:
    with pytest.raises(Invalid):
        await names(review, page=Page(after=after))


async def test_sorting_by_decision_is_for_decided_ones(review: Database) -> None:
    with pytest.raises(Invalid):
        await names(review, sort="decided_at")


async def test_an_item_says_who_holds_it(review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(
        actions.know_organization,
        OrganizationChanged(
            organization_id=BUREAU, version=2, name="德城区人力资源和社会保障局", pinyin="decheng",
            kind="county_hr_bureau", region="371402", municipal=False, programmes=(story.programme,),
        ),
    )  # fmt: skip
    await approved(review, story, until="employer")

    listed = await review.read(queries.worklist, reviewer(EMPLOYER), Filters(state="all"), Page())
    (item,) = listed.items
    assert (item.tier, item.mine, item.state, item.organization.name) == (
        "county_hr_bureau", False, "in_review", "德城区人力资源和社会保障局"
    )  # fmt: skip
    assert (item.employer.name, item.employer.kind, item.organization.region) == (NAMES[0], None, "371402")


async def test_only_reviewers_have_a_worklist(review: Database) -> None:
    with pytest.raises(Forbidden):
        await review.read(queries.worklist, Caller(actor="gateway", account_id=new_id()), Filters(), Page())


async def test_ones_own_case_is_on_no_list(review: Database) -> None:
    first, *_ = await people(review)

    listed = await review.read(queries.worklist, reviewer(EMPLOYER, first.account_id), Filters(), Page())
    assert [item.applicant.name for item in listed.items] == ["李娜", "欧阳建国", "张建国"]


WALKS = {
    Filters(): "turn_waiting",
    Filters(sort="filed_at"): "turn_waiting_filed",
    Filters(sort="applicant"): "turn_waiting_pinyin",
    Filters(programme=HEBEI): "turn_waiting_programme",
    Filters(organization=organization("某单位")): "turn_waiting_employer",
    Filters(query="张伟"): "turn_search",
    Filters(state="decided"): "turn_decided",
    Filters(state="all"): "turn_reached",
}


async def test_each_list_is_one_walk_along_an_index(review: Database) -> None:
    await many(review)

    walked = {}
    for filters, index in WALKS.items():
        compiled = page_of(reviewer(CITY), filters, Page()).compile(
            review.engine.sync_engine, compile_kwargs={"literal_binds": True}
        )
        plan = " ".join(row[0] for row in await rows(review, "EXPLAIN " + str(compiled).replace(":", "\\:")))
        walked[filters] = index if f" {index} " in plan and "Seq Scan on turn" not in plan else plan

    assert walked == WALKS


async def many(review: Database, count: int = 20_000) -> None:
    """So many cases that reached the city, half of them waiting there."""
    async with review.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO review_case (id, submission_id, programme, account_id, applicant_name, employer_id,"
                " employer_name, id_index) SELECT gen_random_uuid(), gen_random_uuid(), 'dezhou-talent-pool',"
                " gen_random_uuid(), '某人', gen_random_uuid(), '某单位', md5(CAST(n AS text))"
                " FROM generate_series(1, :n) n"
            ),
            {"n": count},
        )
        await session.execute(
            text(
                "INSERT INTO turn (case_id, organization_id, tier, round, version, waiting, arrived_at, due_on,"
                " decision, decided_at, account_id, programme, employer_id, filed_at, pinyin, terms)"
                " SELECT id, :city, 'city', 1, 1, n % 2 = 0, now() - n * interval '1 minute', '2026-12-01',"
                " CASE WHEN n % 2 = 1 THEN 'approve' END, CASE WHEN n % 2 = 1 THEN now() - n * interval '1 s' END,"
                " account_id, programme, employer_id, now() - n * interval '1 minute', id_index,"
                " ARRAY[n, n % 997, n % 50]"
                " FROM (SELECT *, row_number() OVER () AS n FROM review_case) AS numbered"
            ),
            {"city": CITY},
        )
    async with review.engine.connect() as raw:
        connection = await raw.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("VACUUM ANALYZE turn"))
        await connection.execute(text("ANALYZE review_case"))
