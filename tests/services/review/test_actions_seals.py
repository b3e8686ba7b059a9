"""Profile asks which seals have no decision: whoever is deciding ends first."""

import asyncio

from services.review import actions
from services.review.schemas import SealsAsked
from shared.kit.database import Database, Session
from tests.services.review.profile_double import Profile
from tests.services.review.reading import rows
from tests.services.review.stories import HEBEI, Story, approved, reviewer, said, steps


def asked(*items: tuple[str, object, int]) -> SealsAsked:
    """What profile asks about."""
    return SealsAsked.model_validate({"items": [{"kind": kind, "id": one, "version": n} for kind, one, n in items]})


async def test_a_decision_stands_behind_its_own_version_alone(review: Database, profile: Profile) -> None:
    decided, waiting, unknown = Story(), Story(), Story()
    await approved(review, decided, until="employer")
    await review.act(actions.open_case, waiting.filed())
    change = Story(programme=HEBEI, route=steps("employer"), version=1).asked()
    await review.act(actions.know_change, change)

    answers = await review.act(
        actions.unanswered_seals,
        asked(
            ("submission", waiting.submission_id, 1), ("submission", decided.submission_id, 1),
            ("submission", decided.submission_id, 2), ("submission", unknown.submission_id, 1),
            ("change_request", change.change_request_id, 1),
        ),
    )  # fmt: skip

    assert [answer.decided for answer in answers.items] == [False, True, False, False, False]


async def test_a_decision_under_way_ends_before_the_answer(review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    begun = asyncio.Event()

    async def slowly(session: Session) -> None:
        """Decide, and commit once the question waits for the row."""
        await actions.decide(session, reviewer(story.route[0].organization_id), story.case_id, said("approve"))
        begun.set()
        for _ in range(200):
            waiting = (
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            if (await rows(review, waiting))[0][0]:
                return
            await asyncio.sleep(0.02)

    async def ask() -> list[bool]:
        """Ask as soon as the row is held."""
        await begun.wait()
        answer = await review.act(actions.unanswered_seals, asked(("submission", story.submission_id, 1)))
        return [one.decided for one in answer.items]

    question = asyncio.create_task(ask())
    await review.act(slowly)

    assert await question == [True]
