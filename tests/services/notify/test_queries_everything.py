"""Everything that notify keeps of one person: card, letters, where they went; no word that holds a token."""

from services.notify.queries.everything import everything
from tests.services.notify import samples
from tests.services.notify.conftest import Desk


async def test_card_and_letters_are_given_without_links_that_open_an_account(desk: Desk) -> None:
    await desk.hear(samples.filed(), samples.reset(), samples.reached())

    told = await desk.database.read(everything, samples.ACCOUNT)

    assert told["card"]["name"] == "张伟"
    assert [(one["letter"], one["text"] is None, "@" in one["address"]) for one in told["letters"]] == [
        ("submission_filed", False, True), ("password_reset", True, True)
    ]  # fmt: skip
    assert await desk.database.read(everything, samples.SCAN) == {
        "card": None, "letters": [], "announcements_read": []
    }  # fmt: skip
