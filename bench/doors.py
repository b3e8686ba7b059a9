"""The gateway's hop, a read of one's profile and a save of a section, each beside its floor (quality G1 to G3)."""

import os
from uuid import UUID

import httpx
import psycopg

from bench.figures import in_turn
from bench.world import World
from shared.contracts.identity import Caller
from shared.kit import identity
from shared.kit.settings import common
from tests.journeys.people import Someone
from tests.journeys.platform import NO_TLS

POOL = "dezhou-talent-pool"


def run(world: World) -> None:
    """Measure the three."""
    os.environ.update({name: value for name, value in world.settings.items() if name.startswith("JUXIAN_")})
    common.cache_clear()
    identity.forget_keys()
    someone = Someone(world.platform.url)
    someone.log_in("zhang.wei")
    account_id = UUID(someone.get("/me")["account_id"])
    direct = httpx.Client(base_url=world.services["profile"], verify=NO_TLS)

    def signed() -> dict[str, str]:
        """The identity that the gateway would sign."""
        caller = Caller("gateway", account_id, frozenset({"applicant"}))
        return {"Authorization": f"Bearer {identity.sign(caller, 'profile')}"}

    token = signed()
    in_turn(
        "gateway hop: GET /programmes/{p} to profile itself",
        lambda: _good(someone.http.get(f"/api/v1/programmes/{POOL}")),
        lambda: _good(direct.get(f"/programmes/{POOL}", headers=token)),
    )
    token = signed()
    with psycopg.connect(world.plain("profile"), autocommit=True) as connection:
        in_turn(
            "profile with 19 sections to a bare read by key",
            lambda: _good(direct.get(f"/profiles/{POOL}", headers=token)),
            lambda: _rows(connection, account_id),
        )
        section = next(part for part in someone.get(f"/profiles/{POOL}")["sections"] if part["section"] == "basic")
        in_turn(
            "section save through the gateway to a bare UPDATE",
            lambda: _good(someone.http.put(f"/api/v1/profiles/{POOL}/sections/basic", json=section["values"])),
            lambda: _update(connection, account_id),
        )


def _good(answer: httpx.Response) -> None:
    """Only good answers are measured."""
    assert answer.status_code == 200, answer.text


def _rows(connection: "psycopg.Connection[tuple[object, ...]]", account_id: UUID) -> None:
    """What a profile costs the database alone."""
    connection.execute(
        "SELECT e.* FROM entry e JOIN profile p ON p.id = e.profile_id WHERE p.account_id = %s", (account_id,)
    ).fetchall()


def _update(connection: "psycopg.Connection[tuple[object, ...]]", account_id: UUID) -> None:
    """What a save costs the database alone."""
    with connection.transaction():
        connection.execute("SELECT id FROM profile WHERE account_id = %s FOR UPDATE", (account_id,)).fetchall()
        connection.execute("UPDATE profile SET last_modified_at = now() WHERE account_id = %s", (account_id,))
