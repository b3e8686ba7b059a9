"""Who looked at a scan stands in its owner's list; of administrators the audit trail tells, too."""

from datetime import date
from uuid import UUID

from services.profile.actions.scan_sights import note_sight
from shared.contracts.events import TierReached
from shared.contracts.identity import Caller
from shared.kit.ids import new_id
from tests.conftest import Client, notes_told
from tests.services.profile.world import AT, World


async def test_who_looked_at_a_scan_stands_in_the_owners_list_once(world: World, client: Client) -> None:
    caller, _filed = await world.filed()
    filing = await world.filing(caller)
    step = filing.route[0]
    await world.hear(
        TierReached(**world.of_case(filing, "employer", reached_at=AT, due_on=date(2026, 11, 27), again=False))
    )
    shown = (await client.get("/profiles/dezhou-talent-pool", headers=client.as_caller(caller))).json()
    scan_id = UUID(shown["sections"][0]["values"]["photo"])
    unit = Caller(
        actor="gateway", account_id=new_id(), roles=frozenset({"reviewer"}), organization_id=step.organization_id
    )
    admin = Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"}))

    for looker in (unit, unit, admin, admin):
        await world.database.act(note_sight, looker, scan_id)
    path = "/profiles/dezhou-talent-pool/accesses"
    seen = (await client.get(path, headers=client.as_caller(caller))).json()["items"]

    assert [(one["kind"], one["organization"] and one["organization"]["name"]) for one in seen] == [
        ("opened", None), ("opened", step.organization_name)
    ]  # fmt: skip
    assert [note.action for note in await notes_told(world.database)] == ["scan_seen"]
