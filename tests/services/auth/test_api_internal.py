"""What other services are told, and that nobody else is."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from services.auth.actions.provisioning import Person, provision
from shared.contracts.identity import Caller, ServiceName
from tests.services.auth.world import DEZHOU, HEBEI, ID_NUMBER, REGISTRATION, Door, employer

PROFILE = Caller(actor="profile")
PERSON = Person(name="赵磊", id_number=ID_NUMBER, mobile="13805340005", email="zhao.lei@demo.juxian.test")


@pytest.mark.parametrize("actor", ["profile", "review", "notify", "auth"])
async def test_sessions_are_resolved_for_the_gateway_alone(door: Door, actor: ServiceName) -> None:
    answer = await door("POST", "/internal/sessions/resolve", {"token_sha256": "0" * 64}, Caller(actor=actor))

    assert answer.status_code == 403


@pytest.mark.parametrize("actor", ["gateway", "review", "notify"])
async def test_origins_are_told_to_profile_alone(door: Door, actor: ServiceName) -> None:
    answer = await door("GET", f"/internal/accounts/{uuid4()}/origin", caller=Caller(actor=actor))

    assert answer.status_code == 403


async def test_the_origin_of_a_registered_account_is_its_registration(door: Door) -> None:
    account_id = (await door("POST", "/registrations", REGISTRATION)).json()["account_id"]

    origin = await door("GET", f"/internal/accounts/{account_id}/origin?programme={DEZHOU}", caller=PROFILE)

    given = ("name", "mobile", "email", "talent_type", "research_direction", "professional_title",
             "highest_education", "highest_degree")  # fmt: skip
    assert origin.json() == {
        "account_id": account_id, "username": "Zhang.Wei", "name": "张伟", "language": "zh", "programmes": [DEZHOU],
        "opened_by": "registration", "registration": {name: REGISTRATION[name] for name in given}, "imported": None,
    }  # fmt: skip


async def test_the_origin_of_an_assigned_account_is_its_import(door: Door) -> None:
    organization_id = await employer(door.database)
    person = replace(PERSON, organization_id=organization_id)
    (made,) = await door.database.act(provision, HEBEI, (person,))

    origin = (
        await door("GET", f"/internal/accounts/{made.account_id}/origin?programme={HEBEI}", caller=PROFILE)
    ).json()

    assert (origin["programmes"], origin["opened_by"], origin["registration"]) == ([HEBEI], "import", None)
    assert origin["imported"] == {
        "name": "赵磊", "id_number": ID_NUMBER, "mobile": "13805340005", "email": PERSON.email,
        "organization_id": str(organization_id), "id_type": None,
    }  # fmt: skip


@pytest.mark.parametrize("account_id", [UUID("019a0000-0000-7000-8000-00000000dead"), UUID(int=0)])
async def test_an_unknown_account_has_no_origin(door: Door, account_id: UUID) -> None:
    answer = await door("GET", f"/internal/accounts/{account_id}/origin", caller=PROFILE)

    assert answer.status_code == 404
