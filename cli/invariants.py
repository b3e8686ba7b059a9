"""What must hold of the kept data at every moment: statements that find whatever breaks it, and find nothing."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

import psycopg

SERVICES = ("auth", "profile", "review", "notify")
SHOWN = 20
"""So many of those that break a law are named."""
KIT: Mapping[str, str] = {
    "an event is published exactly when it has a place in the stream": """
        SELECT event_id FROM outbox WHERE (published_at IS NULL) <> (stream_id IS NULL)""",
    "no event waits longer than ten minutes to be published": """
        SELECT event_id FROM outbox WHERE published_at IS NULL AND created_at < juxian_now() - interval '10 minutes'""",
    "nothing lies among the dead letters": "SELECT id FROM dead_event WHERE resolved_at IS NULL",
}
JOB: Mapping[str, str] = {
    "no job is held much longer than its lease": """
        SELECT id FROM {table} WHERE status = 'running' AND lease_until < juxian_now() - interval '5 minutes'""",
    "no job that is due waits longer than a day": """
        SELECT id FROM {table} WHERE status IN ('queued', 'retry') AND next_at < juxian_now() - interval '1 day'""",
    "a job has ended exactly when it has an end": """
        SELECT id FROM {table} WHERE (status IN ('done', 'failed', 'cancelled')) <> (finished_at IS NOT NULL)""",
}
"""Of each table of jobs."""
OWN: Mapping[str, Mapping[str, str]] = {
    "auth": {
        "nobody who is disabled is logged in": """
            SELECT s.id FROM login_session s JOIN account a ON a.id = s.account_id WHERE a.disabled_at IS NOT NULL""",
        "no session lasts longer than twelve hours": """
            SELECT id FROM login_session WHERE ends_at > made_at + interval '12 hours 1 minute'""",
        "one link at most resets a password": """
            SELECT account_id FROM password_link WHERE purpose = 'reset' AND used_at IS NULL AND voided_at IS NULL
            AND expires_at > juxian_now() GROUP BY account_id HAVING count(*) > 1""",
        "a link was used before it ran out": "SELECT id FROM password_link WHERE used_at > expires_at",
        "a link of a mismatch was never used": """
            SELECT id FROM password_link WHERE purpose IN ('mismatch', 'unsent') AND used_at IS NOT NULL""",
        "the audit trail has no gap": """
            SELECT max(position) FROM audit_entry HAVING coalesce(max(position), 0) <> count(*)""",
    },
    "profile": {
        "a submission's version is that of its newest snapshot, and none is missing": """
            SELECT s.id FROM submission s LEFT JOIN snapshot f ON f.submission_id = s.id GROUP BY s.id
            HAVING s.version <> coalesce(max(f.version), 0) OR s.version <> count(f.version)""",
        "a submission belongs to the owner of its profile": """
            SELECT s.id FROM submission s JOIN profile p ON p.id = s.profile_id
            WHERE (s.account_id, s.programme) <> (p.account_id, p.programme)""",
        "what is approved was approved at some version": """
            SELECT id FROM submission s WHERE status = 'approved'
            AND NOT EXISTS (SELECT FROM approval a WHERE a.submission_id = s.id AND a.version <= s.version)""",
        "the scans of a snapshot are its owner's": """
            SELECT f.id FROM snapshot f JOIN submission s ON s.id = f.submission_id
            JOIN snapshot_scan n ON n.snapshot_id = f.id JOIN scan c ON c.id = n.scan_id
            WHERE c.account_id <> s.account_id""",
        "a field waits exactly as long as its change request": """
            SELECT c.id FROM change_request c JOIN changed_field f ON f.change_request_id = c.id
            WHERE f.waiting <> (c.status = 'waiting')""",
        "an approved change is in a version": """
            SELECT id FROM change_request WHERE status = 'approved' AND applied_version IS NULL""",
        "nothing is shared of what is not approved": """
            SELECT g.id FROM sharing g JOIN submission s ON s.id = g.submission_id
            WHERE g.published IS NOT NULL AND s.status <> 'approved'""",
        "no seal waits longer than a quarter of an hour to be settled": """
            SELECT id FROM submission WHERE sealed_at < juxian_now() - interval '15 minutes' AND NOT seal_settled""",
    },
    "review": {
        "a case's history is whole": """
            SELECT c.id FROM review_case c LEFT JOIN history h ON h.case_id = c.id GROUP BY c.id
            HAVING c.history_seq <> count(h.id) OR c.history_seq <> coalesce(max(h.seq), 0)""",
        "a case's state is that of its last deed": """
            SELECT c.id FROM review_case c JOIN LATERAL (SELECT kind, decision FROM history h WHERE h.case_id = c.id
            AND kind IN ('filed', 'withdrawn', 'decided') ORDER BY seq DESC LIMIT 1) AS last ON true
            WHERE NOT CASE WHEN last.kind = 'decided' AND last.decision = 'return' THEN c.state = 'returned'
            WHEN last.kind = 'decided' THEN c.state IN ('in_review', 'approved')
            WHEN last.kind = 'withdrawn' THEN c.state = 'withdrawn' ELSE c.state IN ('in_review', 'withdrawn') END""",
        "a case waits at one desk while it is in review, and at none otherwise": """
            SELECT c.id FROM review_case c LEFT JOIN turn t ON t.case_id = c.id AND t.waiting GROUP BY c.id
            HAVING count(t.case_id) <> (c.state = 'in_review')::int""",
        "it waits where it stands, in its newest version": """
            SELECT c.id FROM review_case c JOIN turn t ON t.case_id = c.id WHERE t.waiting
            AND (t.organization_id, t.tier, t.version) IS DISTINCT FROM (c.organization_id, c.tier, c.version)""",
        "a member was approved by the last tier": """
            SELECT c.id FROM review_case c WHERE c.membership_number IS NOT NULL AND NOT EXISTS (SELECT FROM history h
            WHERE h.case_id = c.id AND h.kind = 'decided' AND h.membership_number = c.membership_number)""",
    },
    "notify": {
        "a letter that was sent was sent at some time": """
            SELECT id FROM delivery WHERE (status = 'done') <> (sent_at IS NOT NULL)""",
        "no link was sent after it had run out": "SELECT id FROM delivery WHERE sent_at > expires_at",
        "a letter is on its way, in a digest, or shown": """
            SELECT l.id FROM letter l WHERE NOT l.shown AND NOT l.for_digest
            AND NOT EXISTS (SELECT FROM delivery d WHERE d.letter_id = l.id)""",
    },
}
JOBS = "SELECT table_name FROM information_schema.columns WHERE column_name = 'lease_until' AND table_schema = 'public'"
TOLD = """SELECT event_id, type, published_at > juxian_now() - interval '23 hours'
    AND published_at < juxian_now() - interval '5 minutes' FROM outbox
    WHERE created_at > juxian_now() - interval '6 days'"""
HEARD = "SELECT event_id FROM inbox WHERE at > juxian_now() - interval '5 days'"
ASIDE = "SELECT body ->> 'event_id' FROM dead_event"
Connection = psycopg.Connection[tuple[Any, ...]]


class Broken(NamedTuple):
    """A law that does not hold: where, which, and what breaks it."""

    service: str
    law: str
    ids: list[str]


def broken(databases: Mapping[str, str]) -> tuple[list[Broken], int]:
    """What does not hold, and how many laws were looked at. `databases`: each service's URL."""
    opened: dict[str, Connection] = {}
    try:
        for name in SERVICES:
            opened[name] = psycopg.connect(databases[name].replace("+psycopg", ""), autocommit=True, connect_timeout=5)
        looked = [law for name in SERVICES for law in _within(name, opened[name])] + list(_between(opened))
    finally:
        for connection in opened.values():
            connection.close()
    return [law for law in looked if law.ids], len(looked)


def _within(service: str, connection: Connection) -> Iterator[Broken]:
    """The laws of one database."""
    laws = [*KIT.items(), *OWN[service].items()]
    for (table,) in connection.execute(JOBS).fetchall():
        laws += [(f"{law} ({table})", statement.format(table=table)) for law, statement in JOB.items()]
    for law, statement in laws:
        rows = connection.execute(statement + f" LIMIT {SHOWN}").fetchall()
        yield Broken(service, law, [str(value) for (value,) in rows])


def _between(opened: Mapping[str, Connection]) -> Iterator[Broken]:
    """What is heard was told, and what was told is heard: of the last days, as long as outboxes and streams keep it."""
    heard = {name: {str(row[0]) for row in opened[name].execute(HEARD).fetchall()} for name in SERVICES}
    aside = {name: {str(row[0]) for row in opened[name].execute(ASIDE).fetchall()} for name in SERVICES}
    told = [(name, *row) for name in SERVICES for row in opened[name].execute(TOLD).fetchall()]
    known = {str(event_id) for _teller, event_id, _kind, _is_due in told}
    for name in SERVICES:
        hears = {kind.__name__: kind.tellers for kind in import_module(f"services.{name}.events").HEARS}
        yield Broken(name, "what was heard was told", sorted(heard[name] - known)[:SHOWN])
        wanted = {str(each) for teller, each, kind, is_due in told if is_due and teller in hears.get(kind, ())}
        yield Broken(name, "what was told was heard", sorted(wanted - heard[name] - aside[name])[:SHOWN])
