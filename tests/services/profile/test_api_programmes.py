"""Programmes at the door: the same bytes under a tag, until an administrator moves the window."""

from shared.contracts.identity import Caller
from shared.kit.ids import new_id
from tests.conftest import Client
from tests.services.profile.world import DEZHOU


async def test_a_programme_is_answered_under_a_tag_and_304_to_who_has_it(client: Client) -> None:
    first = await client.get(f"/programmes/{DEZHOU}", headers=client.as_caller())
    again = await client.get(
        f"/programmes/{DEZHOU}", headers=client.as_caller() | {"If-None-Match": first.headers["etag"]}
    )
    assert (first.status_code, first.headers["content-type"]) == (200, "application/json")
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


async def test_the_list_holds_each_programme_as_it_is_shown_alone(client: Client) -> None:
    listed = (await client.get("/programmes", headers=client.as_caller())).json()
    alone = (await client.get(f"/programmes/{DEZHOU}", headers=client.as_caller())).json()
    assert (listed["items"][0], listed["next_cursor"]) == (alone, None)


async def test_a_window_that_moved_gives_another_tag(client: Client) -> None:
    first = await client.get("/programmes", headers=client.as_caller())
    administrator = client.as_caller(Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"})))
    closes_at = "2026-12-31T16:00:00+00:00"
    moved = await client.put(f"/admin/programmes/{DEZHOU}/window", json={"closes_at": closes_at}, headers=administrator)
    assert moved.status_code == 200
    again = await client.get("/programmes", headers=client.as_caller() | {"If-None-Match": first.headers["etag"]})
    assert again.status_code == 200
    assert again.json()["items"][0]["window"] == {"opens_at": None, "closes_at": closes_at}
