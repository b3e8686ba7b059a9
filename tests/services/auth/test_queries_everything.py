"""Everything that auth keeps of one person, for that person alone: no secrets, nobody else's."""

import json
from uuid import UUID

from services.auth.queries.everything import everything
from shared.contracts.identity import Caller
from tests.services.auth.lists import person
from tests.services.auth.test_imports import imported
from tests.services.auth.world import HEBEI, VISITOR, Door


async def test_account_imports_sessions_and_the_trail_are_given(door: Door, admin: Caller) -> None:
    await imported(door, admin, person(1), person(2))
    listed = (await door("GET", "/admin/accounts?query=chen", caller=admin)).json()["items"]
    account_id = UUID(listed[0]["account_id"])

    told = await door.database.read(everything, account_id)
    answer = await door("GET", f"/internal/accounts/{account_id}/everything", caller=Caller(actor="profile"))

    assert [(one["programme"], one["imported"]["name"]) for one in told["programmes"]] == [
        (HEBEI, told["account"]["name"])
    ]
    assert (told["account"]["email"], told["sessions"], told["passkeys"]) == ("chen1@demo.juxian.test", [], [])
    assert json.loads(answer.text)["account"]["username"] == told["account"]["username"]
    assert [word in answer.text for word in ("argon2", "sha256", "public_key", "chen2@")] == [False] * 4
    assert (await door("GET", f"/internal/accounts/{account_id}/everything", caller=VISITOR)).status_code == 403
