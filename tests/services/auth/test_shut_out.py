"""Reviewers of an organization that is disabled: out at once, and in again when it is enabled."""

from dataclasses import replace

from tests.services.auth.authenticator import Authenticator
from tests.services.auth.conftest import Turn
from tests.services.auth.test_passkeys import add, enter
from tests.services.auth.world import ADMIN, Door, as_person, employer, opened, reviewer


async def test_who_reviews_for_a_disabled_organization_is_out_until_it_is_enabled(door: Door, turn: Turn) -> None:
    turn(captcha="off")
    admin = as_person(await opened(door.database, ADMIN))
    await reviewer(door.database)
    path, device = f"/admin/organizations/{await employer(door.database)}", Authenticator()
    token, caller = await door.entered("unit-lubei")
    await add(door, caller, device)

    await door("PATCH", path, {"disabled": True}, admin)
    refused = [await door.log_in("unit-lubei"), await enter(door, device)]

    assert (await door.resolve(token))["code"] == "not_found"
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "organization_disabled")] * 2
    assert (await door.log_in("unit-lubei", "Falsches-Passwort-1")).json()["code"] == "bad_credentials"
    await door("PATCH", path, {"disabled": False}, admin)
    assert [(await door.log_in("unit-lubei")).status_code, (await enter(door, device)).status_code] == [201, 201]


async def test_an_administrator_who_reviews_as_well_is_not_shut_out(door: Door, turn: Turn) -> None:
    turn(captcha="off")
    place = await employer(door.database)
    both = replace(ADMIN, roles=("administrator", "reviewer"), organization_id=place)
    admin = as_person(await opened(door.database, both))
    token, _caller = await door.entered("admin")

    await door("PATCH", f"/admin/organizations/{place}", {"disabled": True}, admin)

    assert ("code" in await door.resolve(token), (await door.log_in("admin")).status_code) == (False, 201)
