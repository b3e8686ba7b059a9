"""Notes for the audit trail: told with the action, and nothing of a person in them."""

from datetime import date
from uuid import UUID

import pytest
from structlog.contextvars import bind_contextvars, clear_contextvars

from shared.contracts.identity import Caller
from shared.kit import audit
from shared.kit.database import Database, Session
from tests.conftest import notes_told

SOMEBODY = UUID("019a0000-0000-7000-8000-0000000000aa")
OFFICE = UUID("019a0000-0000-7000-8000-138123456789")
ADMIN = Caller(
    actor="gateway", account_id=SOMEBODY, roles=frozenset({"administrator", "applicant"}), organization_id=OFFICE
)


async def test_a_note_says_who_did_what_to_what(kit_database: Database) -> None:
    bind_contextvars(request_id="r-1")
    audit_id = await kit_database.act(
        audit.note, ADMIN, "organization_changed", "organization", OFFICE, programme="p", fields=("name", "region")
    )
    clear_contextvars()

    (told,) = await notes_told(kit_database)

    assert told.model_dump(exclude={"at"}) == {
        "audit_id": audit_id, "actor_id": SOMEBODY, "roles": ("administrator", "applicant"),
        "organization_id": OFFICE, "action": "organization_changed", "subject_kind": "organization",
        "subject_id": str(OFFICE), "programme": "p", "reason": None, "detail": {"fields": ["name", "region"]},
        "request_id": "r-1",
    }  # fmt: skip


async def test_a_note_goes_with_its_action_or_not_at_all(kit_database: Database) -> None:
    async def note_and_fail(session: Session) -> None:
        await audit.note(session, ADMIN, "account_disabled", "account", SOMEBODY)
        raise LookupError

    with pytest.raises(LookupError):
        await kit_database.act(note_and_fail)

    assert await notes_told(kit_database) == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("basic.name", "basic.name"), (17, 17), (True, True), (None, None), (0.5, 0.5), (OFFICE, str(OFFICE)),
        (str(OFFICE), str(OFFICE)), (date(2026, 11, 22), "2026-11-22"), ([1, "a"], [1, "a"]), ("张伟", "…"),
        ("371402199003072316", "…"), ("13805340001", "…"), (13805340001, "…"), ("a b", "…"), ("x" * 101, "…"),
        ("=1+1", "…"), (["张伟", "b"], ["…", "b"]), (float("nan"), "…"), ("zhang@demo.juxian.test", "…"),
    ],
)  # fmt: skip
async def test_only_codes_ids_and_counts_are_said(kit_database: Database, said: audit.Said, kept: object) -> None:
    await kit_database.act(audit.note, None, "cases_exported", "case", detail=said)

    (told,) = await notes_told(kit_database)

    assert (told.detail, told.actor_id) == ({"detail": kept}, None)


async def test_a_reason_is_kept_without_numbers_of_people(kit_database: Database) -> None:
    reason = "本人来电核对 371402199003072316 与 13805340001" + "。" * 600
    await kit_database.act(audit.note, ADMIN, "field_revealed", "account", SOMEBODY, reason=reason)

    (told,) = await notes_told(kit_database)

    assert told.reason is not None
    assert (told.reason[:13], len(told.reason)) == ("本人来电核对 … 与 …。", 500)


@pytest.mark.parametrize(
    ("action", "kind"), [("Changed it", "account"), ("changed", "Account"), ("", "x"), ("a_", "x")]
)
async def test_what_is_no_word_is_refused(kit_database: Database, action: str, kind: str) -> None:
    with pytest.raises(ValueError, match="no word in snake_case"):
        await kit_database.act(audit.note, ADMIN, action, kind)
