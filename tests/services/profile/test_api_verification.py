"""Verifying a number: approved ones tell surname, category and day, every other one nothing."""

from services.profile.actions.signing import own_key
from shared.contracts.events import Approved
from tests.conftest import Client
from tests.services.profile.world import DEZHOU, World, approval


async def test_an_approved_number_tells_surname_category_and_day_and_no_more(world: World, client: Client) -> None:
    caller, filed = await world.filed()
    path, visitor = f"/verify/{filed['number']}", client.as_caller()
    assert (await client.get(path, headers=visitor)).status_code == 404
    await world.hear(Approved(**approval(world, await world.filing(caller))))
    assert (await client.get(path.lower(), headers=visitor)).json() == {
        "number": filed["number"],
        "name": "张**",
        "programme": DEZHOU,
        "title": {"zh": "德州市高层次人才库", "en": "Dezhou High-level Talent Pool"},
        "category": "C",
        "category_title": {"zh": "C 类", "en": "Class C"},
        "approved_on": "2026-11-20",
    }
    assert (await client.get("/verify/DZ-2026-999999", headers=visitor)).status_code == 404


async def test_the_keys_of_papers_are_public(client: Client) -> None:
    (key,) = (await client.get("/verify/keys", headers=client.as_caller())).json()["items"]
    assert (key["algorithm"], key["public_key"]) == ("Ed25519", own_key().public)
