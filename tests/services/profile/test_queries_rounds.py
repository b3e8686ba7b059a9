"""A submission as a whole: what each round filed, how it ended, with which remarks; and remarks that tick."""

from datetime import date
from typing import Any

from services.profile.actions import entries
from services.profile.actions.submit import submit
from services.profile.actions.withdraw import withdraw
from shared.contracts.events import Returned
from shared.contracts.events.base import Remark
from shared.contracts.identity import Caller
from tests.conftest import Client
from tests.services.profile.world import DEZHOU, World

REMARK = Remark(section="basic", field="post", comment="职务不清楚")


async def give_back(world: World, caller: Caller, *remarks: Remark) -> None:
    """The employer returns the newest filing."""
    told = world.decided(await world.filing(caller), "employer", comment="请补充")
    await world.hear(Returned(**told, remarks=remarks, file_again_until=date(2026, 12, 11)))


async def whole(client: Client, caller: Caller, submission_id: str) -> dict[str, Any]:
    """The submission with its rounds."""
    answer = await client.get(f"/submissions/{submission_id}?include=rounds", headers=client.as_caller(caller))
    shown: dict[str, Any] = answer.json()
    return shown


async def test_every_round_tells_what_was_filed_and_how_it_ended(world: World, client: Client) -> None:
    caller, filed = await world.filed()
    await world.database.act(submit, caller, DEZHOU, None)
    await give_back(world, caller, REMARK)
    await world.database.act(submit, caller, DEZHOU, None)
    await world.database.act(withdraw, caller, await _id(world, caller))
    await world.database.act(submit, caller, DEZHOU, None)

    rounds = (await whole(client, caller, filed["submission_id"]))["rounds"]

    assert [(one["round"], one["status"], [f["version"] for f in one["filings"]]) for one in rounds] == [
        (1, "returned", [1, 2]),
        (2, "withdrawn", [3]),
        (3, "in_review", [4]),
    ]
    assert [[remark["comment"] for remark in one["remarks"]] for one in rounds] == [["职务不清楚"], [], []]
    first = rounds[0]["progress"][0]
    assert (first["decision"], first["comment"], rounds[0]["progress"][1]["state"]) == ("return", "请补充", "todo")
    assert [one["state"] for one in rounds[2]["progress"]] == ["current", "todo", "todo", "todo", "todo"]
    assert [one["working_days"] for one in rounds[2]["progress"]] == [5, 5, 5, 10, 10]


async def test_remarks_tick_where_the_draft_was_changed(world: World, client: Client) -> None:
    caller, filed = await world.filed()
    await give_back(world, caller, REMARK, Remark(section="basic", field="mobile", comment="号码有误"))
    record = await world.database.act(entries.save_section, caller, DEZHOU, "basic", {"post": "总工程师"}, None)
    assert record["values"] == {"post": "总工程师"}

    told = (await whole(client, caller, filed["submission_id"]))["remarks"]

    assert [(remark["field"], remark["addressed"]) for remark in told] == [("post", True), ("mobile", True)]
    plain = await client.get(f"/submissions/{filed['submission_id']}", headers=client.as_caller(caller))
    assert ["rounds" in plain.json(), "addressed" in plain.json()["remarks"][0]] == [False, False]


async def test_remarks_wait_for_nothing_while_nothing_is_returned(world: World, client: Client) -> None:
    caller, filed = await world.filed()
    shown = await whole(client, caller, filed["submission_id"])
    assert (shown["remarks"], [one["remarks"] for one in shown["rounds"]]) == ([], [[]])
    other = client.as_caller(world.applicant())
    assert (await client.get(f"/submissions/{filed['submission_id']}?include=rounds", headers=other)).status_code == 404


async def _id(world: World, caller: Caller) -> Any:  # noqa: ANN401 - an id
    """The submission's id."""
    return (await world.filing(caller)).submission_id
