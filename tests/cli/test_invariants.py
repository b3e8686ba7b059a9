"""The laws of the kept data: each holds of empty databases, and each finds what breaks it."""

from collections.abc import Callable, Mapping
from typing import Any

import psycopg
import pytest

from cli import invariants
from cli.invariants import SERVICES, broken
from tests.conftest import _emptied

A, B, C = (f"019a0000-0000-7000-8000-00000000000{n}" for n in "abc")
PAST = "2020-01-01T00:00:00Z"
FILL: Mapping[str, object] = {
    "uuid": B, "text": "x", "character varying": "x", "integer": 1, "bigint": 1, "bytea": b"x", "jsonb": "{}",
    "timestamp with time zone": PAST, "date": "2020-01-01", "ARRAY": "{}", "boolean": False,
}  # fmt: skip
Row = dict[str, object]
Rows = list[tuple[str, Row]]
SESSION: Row = {"account_id": A, "made_at": PAST, "ends_at": "2020-01-01T12:00:00Z"}
LINK: Row = {"purpose": "reset", "account_id": A}
CASE: Row = {"id": A, "state": "in_review", "history_seq": 1, "history_head": b"x", "version": 1, "tier": "x",
        "organization_id": B, "waiting_since": PAST}  # fmt: skip
FILED: Row = {"case_id": A, "seq": 1, "kind": "filed", "decision": None, "reviewer_id": None, "remarks": "[]"}
TURN: Row = {"case_id": A, "organization_id": B, "waiting": True, "tier": "x", "version": 1}
SUBMISSION: Row = {"id": A, "status": "in_review", "version": 1, "number": "x", "account_id": B, "programme": "x"}
SNAPSHOT: Row = {"id": C, "submission_id": A, "version": 1}
JOB: Row = {"queue": "x", "status": "running", "lease_until": PAST}
CHANGE: Row = {"id": A, "status": "approved", "kind": "add", "ended_at": PAST, "applied_version": 1}
BREAKS: list[tuple[str, str, Rows]] = [
    ("notify", "an event is published exactly when it has a place in the stream",
     [("outbox", {"published_at": PAST, "stream_id": None})]),
    ("notify", "no event waits longer than ten minutes to be published", [("outbox", {"created_at": PAST})]),
    ("notify", "nothing lies among the dead letters", [("dead_event", {})]),
    ("profile", "no job is held much longer than its lease (scan_job)", [("scan_job", JOB)]),
    ("profile", "no job that is due waits longer than a day (scan_job)",
     [("scan_job", {"status": "queued", "next_at": PAST})]),
    ("profile", "a job has ended exactly when it has an end (scan_job)", [("scan_job", {"status": "done"})]),
    ("auth", "nobody who is disabled is logged in",
     [("account", {"id": A, "disabled_at": PAST, "opened_by": "import"}), ("login_session", SESSION)]),
    ("auth", "no session lasts longer than twelve hours",
     [("login_session", SESSION | {"ends_at": "2020-01-01T13:00:00Z"})]),
    ("auth", "one link at most resets a password",
     [("password_link", LINK | {"token_sha256": token, "expires_at": "2099-01-01", "id": token}) for token in (A, C)]),
    ("auth", "a link was used before it ran out", [("password_link", LINK | {"used_at": "2021-01-01"})]),
    ("auth", "a link of a mismatch was never used", [("password_link", {"purpose": "mismatch", "used_at": PAST})]),
    ("auth", "the audit trail has no gap", [("audit_entry", {"position": 2})]),
    ("profile", "a submission's version is that of its newest snapshot, and none is missing",
     [("submission", SUBMISSION)]),
    ("profile", "a submission belongs to the owner of its profile",
     [("profile", {"account_id": A}), ("submission", SUBMISSION), ("snapshot", SNAPSHOT)]),
    ("profile", "what is approved was approved at some version",
     [("submission", SUBMISSION | {"status": "approved", "approved_on": PAST}), ("snapshot", SNAPSHOT)]),
    ("profile", "the scans of a snapshot are its owner's",
     [("submission", SUBMISSION), ("snapshot", SNAPSHOT), ("scan", {"account_id": A, "purpose": "photo", "id": B}),
      ("snapshot_scan", {"snapshot_id": C, "scan_id": B})]),
    ("profile", "a field waits exactly as long as its change request",
     [("change_request", CHANGE), ("changed_field", {"change_request_id": A, "waiting": True})]),
    ("profile", "an approved change is in a version", [("change_request", CHANGE | {"applied_version": None})]),
    ("profile", "nothing is shared of what is not approved",
     [("submission", SUBMISSION), ("snapshot", SNAPSHOT), ("sharing", {"submission_id": A, "published": b"x",
       "name": "x", "is_shared": True})]),
    ("profile", "no seal waits longer than a quarter of an hour to be settled",
     [("submission", SUBMISSION | {"sealed_version": 1, "sealed_at": PAST}), ("snapshot", SNAPSHOT)]),
    ("review", "a case's history is whole", [("review_case", CASE), ("turn", TURN)]),
    ("review", "a case's state is that of its last deed",
     [("review_case", CASE), ("turn", TURN), ("history", FILED | {"kind": "withdrawn"})]),
    ("review", "a case waits at one desk while it is in review, and at none otherwise",
     [("review_case", CASE), ("history", FILED)]),
    ("review", "it waits where it stands, in its newest version",
     [("review_case", CASE), ("history", FILED), ("turn", TURN | {"version": 2})]),
    ("review", "a member was approved by the last tier",
     [("review_case", CASE | {"membership_number": "DZ1", "category": "A"}), ("history", FILED), ("turn", TURN)]),
    ("notify", "a letter that was sent was sent at some time",
     [("delivery", {"status": "done", "finished_at": PAST})]),
    ("notify", "no link was sent after it had run out",
     [("delivery", {"status": "done", "finished_at": PAST, "sent_at": PAST, "expires_at": "2019-01-01"})]),
    ("notify", "a letter is on its way, in a digest, or shown", [("letter", {"shown": False})]),
    ("notify", "what was heard was told", [("inbox", {"consumer": "notify", "at": "2099-01-01"})]),
]  # fmt: skip


@pytest.fixture(scope="module")
def urls(installed: Callable[[str], str]) -> dict[str, str]:
    """The services' databases, empty."""
    found = {name: installed(name) for name in SERVICES}
    for url in found.values():
        _emptied(url)
    return found


def put(connection: "psycopg.Connection[Any]", table: str, given: Mapping[str, object]) -> None:
    """Insert a row with these values; what else it needs is made up, and no trigger or foreign key objects."""
    columns = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO'"
        " AND column_default IS NULL AND is_identity = 'NO'",
        (table,),
    ).fetchall()
    row = {name: FILL[kind] for name, kind in columns} | dict(given)
    names, places = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))


def test_every_law_holds_of_nothing(urls: dict[str, str]) -> None:
    found, looked = broken(urls)

    assert found == []
    assert looked > 60


def test_every_law_is_broken_below() -> None:
    laws = {*invariants.KIT, *invariants.JOB, *(law for laws in invariants.OWN.values() for law in laws)}

    assert {law.partition(" (")[0] for _service, law, _rows in BREAKS} == laws | {"what was heard was told"}


@pytest.mark.parametrize(("service", "law", "rows"), BREAKS, ids=[law for _service, law, _rows in BREAKS])
def test_what_breaks_a_law_is_named(urls: dict[str, str], service: str, law: str, rows: Rows) -> None:
    with psycopg.connect(urls[service]) as connection:
        connection.execute("SET session_replication_role = replica")
        for table, given in rows:
            put(connection, table, given)
    found, _looked = broken(urls)
    with psycopg.connect(urls[service]) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("TRUNCATE " + ", ".join(table for table, _given in rows) + " CASCADE")

    assert (service, law) in {(one.service, one.law) for one in found}
