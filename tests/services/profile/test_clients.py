"""What profile makes of others' answers."""

from typing import Any

import pytest

from services.profile import clients
from services.profile.rules.seals import Asked
from shared.kit.ids import new_id
from tests.services.profile.world import DEZHOU


async def test_facts_of_registration_and_import_go_by_the_names_of_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    account_id, organization_id = new_id(), new_id()

    async def get(path: str, **_given: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a peer is given
        """Auth's answer."""
        assert path == f"/internal/accounts/{account_id}/origin"
        return {
            "programmes": [DEZHOU],
            "opened_by": "import",
            "registration": {"name": "张伟", "mobile": "13805340001"},
            "imported": {"name": "张伟", "mobile": None, "organization_id": str(organization_id)},
        }

    monkeypatch.setattr(clients.AUTH, "get", get)

    origin = await clients.origin(account_id, DEZHOU)

    assert (origin.programmes, origin.opened_by) == (frozenset({DEZHOU}), "import")
    assert origin.facts == {"name": "张伟", "mobile": "13805340001", "employer": str(organization_id)}


async def test_only_seals_that_review_has_no_decision_on_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    decided, open_one = new_id(), new_id()

    async def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Review's answer."""
        assert path == "/internal/seals/unanswered"
        assert [item["id"] for item in body["items"]] == [str(decided), str(open_one)]
        return {"items": [{"id": item["id"], "decided": item["id"] == str(decided)} for item in body["items"]]}

    monkeypatch.setattr(clients.REVIEW, "post", post)

    found = await clients.undecided([Asked("submission", decided, 1), Asked("change_request", open_one, 1)])

    assert found == {open_one}
