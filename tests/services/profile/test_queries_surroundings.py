"""What one call gives to the profile page: lock, window, the return to correct with its ticks, scans."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event

from services.profile.actions import entries, windows
from services.profile.queries import profiles, programmes
from services.profile.rules.filing import Span
from services.profile.rules.remarks import is_addressed
from shared.contracts.events import Approved, Returned, TierDecided
from shared.contracts.events.base import Remark
from shared.contracts.identity import Caller
from shared.kit.ids import new_id
from shared.programmes.shape import Difference
from tests.conftest import Client, notes_told
from tests.services.profile.world import AT, DEZHOU, World, approval

ADMINISTRATOR = Caller(actor="gateway", account_id=new_id(), roles=frozenset({"administrator"}))
COMMENT = "请补充学历证明材料"


async def shown(world: World, caller: Caller, *along: str) -> dict[str, Any]:
    """The applicant's profile."""
    found = await world.database.read(profiles.profile, caller.person, DEZHOU, "zh", along)
    assert found is not None
    return found


async def returned(world: World, *remarks: Remark) -> Caller:
    """An applicant whose submission the employer returned."""
    caller, _submission = await world.filed()
    told = world.decided(await world.filing(caller), "employer", comment=COMMENT)
    await world.hear(Returned(**told, remarks=remarks, file_again_until=date(2026, 12, 11)))
    return caller


async def test_a_fresh_draft_is_free_and_stands_in_no_window(world: World) -> None:
    caller = world.applicant()
    await world.fill(caller)
    page = await shown(world, caller)
    names = ("lock", "can_file", "can_withdraw", "can_change", "window", "window_open", "returned", "remarks", "number")
    assert [page[name] for name in names] == [None, True, False, False, None, True, None, [], None]
    assert "scans" not in page


async def test_an_extension_stands_for_the_window_of_the_programme(world: World) -> None:
    caller, other = world.applicant(), world.applicant()
    await world.fill(caller)
    await world.fill(other)
    past, later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
    await world.database.act(windows.set_window, ADMINISTRATOR, DEZHOU, Span(None, past))
    given = Span(past - timedelta(days=1), later)
    await world.database.act(windows.extend_window, ADMINISTRATOR, DEZHOU, caller.person, given)
    page, closed = await shown(world, caller), await shown(world, other)
    assert page["window"] == {"opens_at": past - timedelta(days=1), "closes_at": later, "state": "open", "own": True}
    assert (page["window_open"], page["can_file"]) == (True, True)
    assert closed["window"] == {"opens_at": None, "closes_at": past, "state": "over", "own": False}
    assert (closed["window_open"], closed["can_file"]) == (False, False)
    listed = await world.database.read(programmes.windows, DEZHOU)
    assert (listed["window"]["closes_at"], [one["account_id"] for one in listed["extensions"]]) == (
        past,
        [str(caller.person)],
    )
    noted = [(note.action, note.detail["closes_at"]) for note in await notes_told(world.database)]
    assert noted == [("window_set", past.isoformat()), ("window_extended", later.isoformat())]


async def test_a_decided_tier_locks_and_the_next_one_is_named(world: World) -> None:
    caller, _submission = await world.filed()
    filing = await world.filing(caller)
    assert (await shown(world, caller))["lock"] is None
    step = filing.route[1]
    more = {
        "next_tier": step.tier,
        "next_organization_id": step.organization_id,
        "next_organization_name": step.organization_name,
    }
    await world.hear(TierDecided(**world.decided(filing, "employer", **more)))
    page = await shown(world, caller)
    lock = page["lock"]
    assert (lock["code"], lock["tier"], lock["organization"]["name"]) == (
        "in_review",
        step.tier,
        step.organization_name,
    )
    assert step.organization_name in lock["message"]
    assert (page["can_file"], page["can_withdraw"]) == (False, False)


async def test_an_approved_profile_may_be_changed_by_request(world: World) -> None:
    caller, _submission = await world.filed()
    await world.hear(Approved(**approval(world, await world.filing(caller))))
    page = await shown(world, caller)
    assert (page["lock"]["code"], page["can_change"], page["can_share"]) == ("approved", True, False)


async def test_a_remark_ticks_itself_when_its_place_is_changed(world: World) -> None:
    remarks = (
        Remark(comment="手机号有误", section="basic", field="mobile"),
        Remark(comment="地址不全", section="basic", field="address"),
        Remark(comment="请补一段经历", section="work"),
    )
    caller = await returned(world, *remarks)
    page = await shown(world, caller)
    assert [remark["addressed"] for remark in page["remarks"]] == [False, False, False]
    assert (page["returned"]["comment"], page["returned"]["tier"], page["returned"]["version"]) == (
        COMMENT,
        "employer",
        1,
    )
    assert (page["returned"]["decided_at"], page["can_file"], page["lock"]) == (AT, True, None)
    basic = page["sections"][0]["values"]
    given = {**basic, "mobile": "13805349999"}
    await world.database.act(entries.save_section, caller, DEZHOU, "basic", given, None)
    assert [remark["addressed"] for remark in (await shown(world, caller))["remarks"]] == [True, False, False]
    await world.database.act(entries.save_section, caller, DEZHOU, "basic", basic, None)
    assert [remark["addressed"] for remark in (await shown(world, caller))["remarks"]] == [False, False, False]


@pytest.mark.parametrize(
    ("pinned", "change", "expected"),
    [
        ({"section": "basic", "field": "mobile"}, Difference("basic", None, "mobile", "changed", "1", "2"), True),
        ({"section": "basic", "field": "mobile"}, Difference("basic", None, "email", "changed", "1", "2"), False),
        ({"section": "work", "entry": "a", "field": "post"}, Difference("work", "a", None, "removed", {}, None), True),
        ({"section": "work", "entry": "a"}, Difference("work", "b", "post", "changed", "1", "2"), False),
        ({"section": "work"}, Difference("work", "b", None, "added", None, {}), True),
        ({}, Difference("work", "b", None, "added", None, {}), True),
        ({"scan": "gone"}, Difference("work", "b", None, "added", None, {}), True),
        ({"scan": "kept"}, Difference("work", "b", None, "added", None, {}), False),
    ],
)
def test_a_remark_is_addressed_where_its_place_changed(
    pinned: dict[str, str], change: Difference, expected: bool
) -> None:
    remark = dict.fromkeys(("section", "entry", "field", "scan")) | pinned
    assert is_addressed(remark, [change], {"kept"}) is expected


async def test_scans_named_in_the_draft_come_along_where_asked_for(world: World, client: Client) -> None:
    caller = world.applicant()
    await world.fill(caller)
    await world.scan(caller)  # nothing names it
    page = (await client.get(f"/profiles/{DEZHOU}?include=scans", headers=client.as_caller(caller))).json()
    named = {scan for section in page["sections"] for scan in _named(section)}
    assert set(page["scans"]) == named
    photo = page["scans"][page["sections"][0]["values"]["photo"]]
    assert (photo["purpose"], photo["status"], photo["pages"], photo["checks"]) == ("photo", "ready", 1, [])


async def test_the_submission_comes_along_where_asked_for_and_filed(world: World, client: Client) -> None:
    caller, _submission = await world.filed()
    path, headers = f"/profiles/{DEZHOU}?include=scans,submission", client.as_caller(caller)
    page = (await client.get(path, headers=headers)).json()
    own = (await client.get(f"/submissions/{page['submission_id']}", headers=headers)).json()
    assert page["submission"] == {name: own[name] for name in page["submission"]}
    assert page["submission"]["version"] == 1
    nobody = client.as_caller(world.applicant())
    assert (await client.get(path, headers=nobody)).json()["submission"] is None
    assert (await client.get(f"/profiles/{DEZHOU}?include=all", headers=headers)).status_code == 422


def _named(section: dict[str, Any]) -> list[str]:
    """The scans that a section of the answer names."""
    records = [section["values"]] if "values" in section else [entry["values"] for entry in section["entries"]]
    lists = [values[name] for values in records for name in ("id_scan", "scan") if name in values]
    return [scan for one in lists for scan in one] + [values["photo"] for values in records if "photo" in values]


async def test_a_returned_profile_with_scans_takes_three_statements(world: World) -> None:
    caller = await returned(world, Remark(comment="手机号有误", section="basic", field="mobile"))
    said: list[str] = []
    engine = world.database.engine.sync_engine

    def listen(*given: Any) -> None:  # noqa: ANN401 - what SQLAlchemy hands over
        """Note a statement."""
        said.append(str(given[2]))

    sqlalchemy_event.listen(engine, "before_cursor_execute", listen)
    page = await shown(world, caller, "scans")
    sqlalchemy_event.remove(engine, "before_cursor_execute", listen)
    assert (len(said) <= 3, bool(page["scans"]), len(page["remarks"])) == (True, True, 1)
