"""`juxian audit verify`: any edit, deletion, insertion or cut in a case's history is found, and said where."""

import json
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlmodel import col
from typer.testing import CliRunner

from services.review import actions, queries
from services.review.commands import app, verified
from services.review.models import Entry
from services.review.rules import GENESIS, link
from shared.kit.database import Database, Session
from tests.services.review.profile_double import Profile
from tests.services.review.stories import BUREAU, Story, approved, content, decide, said

UNGUARDED = "SET LOCAL session_replication_role = 'replica'"
EDITS = {
    "id": "gen_random_uuid()", "kind": "'change_decided'", "at": "at + interval '1 microsecond'", "round": "7",
    "version": "9", "content_hash": "md5(content_hash)", "tier": "'city_talent_office'",
    "organization_id": "case_id", "organization_name": "'陵城区人社局'", "reviewer_id": "case_id",
    "decision": "'approve', remarks = '[]'", "reopens": "NOT reopens", "comment": "comment || ' '",
    "remarks": "jsonb_set(remarks, '{0,comment}', '\"通过\"')", "category": "'A', decision = 'approve', remarks = '[]'",
    "membership_number": "'DZ2026000001', category = 'A', decision = 'approve', remarks = '[]'",
    "arrived_at": "arrived_at - interval '1 day'", "prev_hash": "sha256(prev_hash)", "hash": "sha256(hash)",
}  # fmt: skip
"""One way to alter each column of the bureau's return, the third entry."""


async def told(review: Database, profile: Profile) -> Story:
    """A story with a pinned remark, two rounds and all five tiers behind it: nine entries."""
    story = Story()
    profile.keep(story.submission_id, 1, content(story))
    await approved(review, story, until="employer")
    remark = {"comment": "请补充手机号", "section": "basic", "field": "mobile"}
    await decide(review, story, BUREAU, said("return", remarks=[remark]))
    story.round = 2
    await approved(review, story)
    return story


async def found_after(review: Database, *statements: str) -> list[tuple[int, str]]:
    """What the check finds after these statements of somebody who owns the database; they are rolled back."""
    async with review.engine.connect() as connection, Session(connection) as session:
        for statement in (UNGUARDED, *statements):
            await session.execute(text(statement))
        found, _checked, _last = await queries.tampering_in(session, None, 10)
        found += await queries.removed_cases(session)
        await session.rollback()
    return [(one.finding.seq, one.finding.what) for one in found]


async def test_an_edit_of_any_column_is_found(review: Database, profile: Profile) -> None:
    await told(review, profile)
    edits = {
        column: await found_after(review, f"UPDATE history SET {column} = {value} WHERE seq = 3")
        for column, value in EDITS.items()
    }

    assert set(edits) == set(Entry.model_fields) - {"case_id", "seq"}
    assert {column: (3, "altered") in found for column, found in edits.items()} == dict.fromkeys(edits, True)
    assert await found_after(review) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM history WHERE seq = 1", [(1, "removed")]),
        ("DELETE FROM history WHERE seq = 5", [(5, "removed")]),
        ("DELETE FROM history WHERE seq = 9", [(9, "removed"), (9, "case_altered")]),
        ("DELETE FROM history", [(1, "removed"), (9, "case_altered")]),
        ("UPDATE history SET seq = 90 WHERE seq = 5", [(5, "removed"), (90, "inserted"), (9, "case_altered")]),
        ("UPDATE history SET case_id = gen_random_uuid() WHERE seq = 5", [(5, "removed"), (0, "case_removed")]),
        ("UPDATE review_case SET category = 'A'", [(9, "case_altered")]),
        ("UPDATE review_case SET membership_number = 'DZ2026999999'", [(9, "case_altered")]),
        ("UPDATE review_case SET state = 'returned'", [(9, "case_altered")]),
        ("UPDATE review_case SET position = 0", [(9, "case_altered")]),
        ("UPDATE review_case SET tier = 'employer'", [(9, "case_altered")]),
        ("UPDATE review_case SET organization_id = gen_random_uuid()", [(9, "case_altered")]),
        ("UPDATE review_case SET approved_on = approved_on - 1", [(9, "case_altered")]),
        ("UPDATE review_case SET route = '[]'", [(9, "case_altered")]),
        ("UPDATE review_case SET history_head = sha256('x')", [(9, "head_altered"), (9, "head_altered")]),
        ("UPDATE review_case SET history_seal = 'x'", [(9, "head_altered")]),
        ("DELETE FROM review_case", [(0, "case_removed")]),
    ],
)
async def test_rows_that_are_gone_or_moved_are_found(
    review: Database, profile: Profile, statement: str, found: list[tuple[int, str]]
) -> None:
    await told(review, profile)

    assert await found_after(review, statement) == found


async def test_an_inserted_entry_is_found(review: Database, profile: Profile) -> None:
    await told(review, profile)
    names = [name for name in Entry.model_fields if name not in {"id", "seq", "round", "prev_hash"}]
    copied = f"SELECT gen_random_uuid(), 10, 9, hash, {', '.join(names)} FROM history WHERE seq = 9"

    found = await found_after(review, f"INSERT INTO history (id, seq, round, prev_hash, {', '.join(names)}) {copied}")

    assert found == [(10, "inserted")]


async def test_a_tail_cut_off_with_the_cases_own_note_is_found(review: Database, profile: Profile) -> None:
    """The case's row is set back to what it was before the last entry: only the seal, which needs the key, is not."""
    await told(review, profile)
    set_back = (
        "UPDATE review_case SET state = 'in_review', waiting_since = now(), category = NULL, membership_number = NULL,"
        " approved_on = NULL, history_seq = 8, history_head = (SELECT hash FROM history WHERE seq = 8)"
    )

    assert await found_after(review, "DELETE FROM history WHERE seq = 9", set_back) == [(8, "head_altered")]


async def test_a_history_written_anew_is_found(review: Database, profile: Profile) -> None:
    """All hashes are computed again over an altered entry, the case's head as well."""
    story = await told(review, profile)
    async with review.transaction() as session:
        await session.execute(text(UNGUARDED))
        await session.execute(text("UPDATE history SET comment = '同意' WHERE seq = 2"))
        before = GENESIS
        for entry in (await session.execute(select(Entry).order_by(col(Entry.seq)))).scalars().all():
            columns = entry.model_dump(exclude={"prev_hash", "hash"})
            own = link(before, columns)
            anew = text("UPDATE history SET prev_hash = :before, hash = :own WHERE id = :id")
            await session.execute(anew, {"before": before, "own": own, "id": entry.id})
            before = own
        await session.execute(text("UPDATE review_case SET history_head = :head"), {"head": before})

    found, checked = await verified(None)
    assert (checked, [(one.case_id, one.finding.what) for one in found]) == (1, [(story.case_id, "head_altered")])


@pytest.mark.parametrize("chunk", [2, 500])
async def test_the_history_of_every_case_is_checked(review: Database, chunk: int) -> None:
    stories = [Story(serial=at) for at in range(5)]
    for story in stories:
        await review.act(actions.open_case, story.filed())
    assert await verified(None, chunk) == ([], 5)

    await bend(review, stories[3])
    found, checked = await verified(None, chunk)
    assert ([one.case_id for one in found], checked) == ([stories[3].case_id], 5)
    assert await verified(stories[2].case_id, chunk) == ([], 1)


async def bend(review: Database, story: Story) -> None:
    """Alter the first entry of a story."""
    async with review.transaction() as session:
        await session.execute(text(UNGUARDED))
        altered = text("UPDATE history SET content_hash = 'x' WHERE case_id = :id")
        await session.execute(altered, {"id": story.case_id})


def run(*words: str) -> tuple[int, Any]:
    """The exit code and what was said, of the command in JSON; in a thread, since it has a loop of its own."""
    result = CliRunner().invoke(app, ["verify", "--json", *words])
    return result.exit_code, json.loads(result.stdout)


async def test_the_command_names_the_case_the_row_and_what_happened(review: Database) -> None:
    import asyncio

    story = Story()
    await review.act(actions.open_case, story.filed())
    assert await asyncio.to_thread(run) == (0, {"checked": 1, "findings": []})

    await bend(review, story)
    code, said_of = await asyncio.to_thread(run, "--case", str(story.case_id))
    (finding,) = said_of["findings"]
    assert (code, finding["case_id"], finding["seq"], finding["what"]) == (1, str(story.case_id), 1, "altered")
    assert finding["entry_id"] is not None
    nobody = await asyncio.to_thread(run, "--case", "0192f7a0-0000-7000-8000-000000000001")
    assert nobody == (2, {"checked": 0, "findings": []})
