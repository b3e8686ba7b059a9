"""A person who was erased: what was declared cannot be read any more, what happened still can."""

import pytest

from services.review import actions, queries
from shared.contracts.refusals import Gone
from shared.kit.database import Database
from shared.kit.vault import vault
from tests.services.review.profile_double import Profile
from tests.services.review.reading import history
from tests.services.review.stories import EMPLOYER, Story, content, reviewer


async def test_after_erasure_the_chain_holds_and_the_dossier_is_gone(review: Database, profile: Profile) -> None:
    story = Story()
    await review.act(actions.open_case, story.filed())
    profile.keep(story.submission_id, 1, content(story))
    await actions.read_case(review, reviewer(EMPLOYER), story.case_id)

    await review.act(vault().erase, story.account_id)

    with pytest.raises(Gone, check=lambda refusal: refusal.code == "data_erased"):
        await actions.read_case(review, reviewer(EMPLOYER), story.case_id)
    assert await history(review, story) == [("filed", 1, 1, None)]
    assert (await review.read(queries.tampering_in, None, 1, story.case_id))[:2] == ([], 1)
