"""Tiers that nobody holds are found, before somebody cannot file."""

from services.auth.actions.organizations import make_reference_organizations
from services.auth.queries.gaps import tiers_without_organization
from shared.contracts.identity import Caller
from tests.services.auth.world import DEZHOU, Door, employer


async def test_a_disabled_office_leaves_a_gap(door: Door, admin: Caller) -> None:
    await door.database.act(make_reference_organizations)
    none = await door.database.read(tiers_without_organization)
    listed = await door("GET", "/admin/organizations?kind=county_hr_bureau&region=371402", caller=admin)
    office = listed.json()["items"][0]["organization_id"]

    await door("PATCH", f"/admin/organizations/{office}", {"disabled": True}, admin)
    await employer(door.database, "外地公司", "371502")

    assert none == []
    assert await door.database.read(tiers_without_organization) == [
        f"{DEZHOU} {tier} {region}"
        for tier, region in [
            ("city_service_centre", "371500"), ("city_talent_office", "371500"), ("county_hr_bureau", "371402"),
            ("county_hr_bureau", "371502"), ("county_talent_office", "371502"),
        ]
    ]  # fmt: skip
