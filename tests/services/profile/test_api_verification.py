"""Verifying a number: approved ones tell surname, category and day, every other one nothing."""

from datetime import date

from services.profile.actions.signing import own_key
from shared.contracts.events import Approved, Returned
from tests.conftest import Client
from tests.services.profile.world import DEZHOU, World, approval


async def test_an_approved_number_tells_surname_category_and_day_and_no_more(world: World, client: Client) -> None:
    caller, filed = await world.filed()
    path, visitor = f"/verify/{filed['number']}", client.as_caller()
    assert (await client.get(path, headers=visitor)).status_code == 404
    await world.hear(Approved(**approval(world, await world.filing(caller))))
    assert (await client.get(path.lower(), headers=visitor)).json() == {
        "number": filed["number"],
        "kind": "submission",
        "name": "张**",
        "programme": DEZHOU,
        "title": {"zh": "德州市高层次人才库", "en": "Dezhou High-level Talent Pool"},
        "category": "C",
        "category_title": {"zh": "C 类", "en": "Class C"},
        "approved_on": "2026-11-20",
    }
    assert (await client.get("/verify/DZ-2026-999999", headers=visitor)).status_code == 404


async def test_a_members_number_holds_while_the_case_is_returned_for_correction(world: World, client: Client) -> None:
    caller, filed = await world.filed()
    filing, visitor = await world.filing(caller), client.as_caller()
    assert (await client.get("/verify/DZ2026000001", headers=visitor)).status_code == 404
    await world.hear(Approved(**approval(world, filing)))
    approved = (await client.get("/verify/dz2026000001", headers=visitor)).json()
    assert [approved[name] for name in ("number", "kind", "name", "category")] == [
        "DZ2026000001",
        "member",
        "张**",
        "C",
    ]
    back = world.decided(filing, filing.route[-1].tier, sequence=99, comment="请更正", remarks=())
    await world.hear(Returned(**back, file_again_until=date(2026, 12, 11)))
    assert (await client.get("/verify/DZ2026000001", headers=visitor)).json() == approved
    assert (await client.get(f"/verify/{filed['number']}", headers=visitor)).status_code == 404


async def test_the_keys_of_papers_are_public(client: Client) -> None:
    (key,) = (await client.get("/verify/keys", headers=client.as_caller())).json()["items"]
    assert (key["algorithm"], key["public_key"]) == ("Ed25519", own_key().public)
