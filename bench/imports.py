"""Ten thousand people imported on a running platform: how long until every account is there, and every letter gone."""

import os
import time
from http import HTTPStatus
from typing import Any

import psycopg

from bench.world import World
from tests.journeys.people import Someone
from tests.services.auth.lists import as_xlsx, id_number, person

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "10000"))
DAYS = [f"19{year}{month:02}{day:02}" for year in range(60, 99) for month in (1, 5, 9) for day in (3, 17)]


def run(world: World) -> None:
    """Upload, judge, run, and wait for the end; then for the letters."""
    admin = Someone(world.platform.url)
    admin.log_in("admin")
    began = time.monotonic()
    told = _uploaded(admin, as_xlsx(*[_person(number) for number in range(PEOPLE)]))
    judged = time.monotonic()
    admin.call("POST", f"/admin/imports/{told['import_id']}/run", status=202)
    while admin.get(f"/admin/imports/{told['import_id']}?limit=1")["state"] != "done":
        time.sleep(0.5)
    done = time.monotonic()
    with psycopg.connect(world.plain("notify"), autocommit=True) as connection:
        asked = b"SELECT count(*) FROM delivery WHERE status IN ('queued','running','retry')"
        while not _is_known(world) or connection.execute(asked).fetchone() != (0,):
            time.sleep(1)
    print(
        f"{PEOPLE} people: judged in {judged - began:.1f} s, opened in {done - judged:.1f} s, letters gone"
        f" {time.monotonic() - done:.1f} s later   load {os.getloadavg()[0]:.1f}"
    )


def _person(number: int) -> list[Any]:
    """One of them; nobody is born on the same day with the same number."""
    born, serial = DAYS[number // 999], number % 999 + 1
    mobile = f"138{number:08d}"
    return person(1, id_number=id_number(serial, born), mobile=mobile, email=f"p{number}@bench.juxian.test")


def _uploaded(admin: Someone, content: bytes) -> dict[str, Any]:
    """The list, judged."""
    files = {"file": ("people.xlsx", content)}
    given = {"programme": "hebei-professional-title"}
    answer = admin.http.post("/api/v1/admin/accounts/import", files=files, data=given, timeout=120)
    assert answer.status_code == HTTPStatus.ACCEPTED, answer.text
    told: dict[str, Any] = answer.json()
    return told


def _is_known(world: World) -> bool:
    """Whether notify has heard of all of them."""
    with psycopg.connect(world.plain("notify")) as connection:
        row = connection.execute("SELECT count(*) FROM letter WHERE letter = 'account_provisioned'").fetchone()
    return bool(row and row[0] >= PEOPLE)
