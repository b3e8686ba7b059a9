"""The audit trail's one pen: what somebody did is noted in the action's own transaction, and kept by auth."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from shared.contracts.events import Audited
from shared.contracts.identity import Caller
from shared.kit import clock, logs
from shared.kit.database import Session
from shared.kit.ids import new_id
from shared.kit.outbox import tell

Said = str | int | float | bool | UUID | date | None
"""One thing that a note says: a code, the name of a field, an id, a count, a date."""
HIDDEN = "…"
LONGEST_REASON = 500
_CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,100}")
_VERB = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LARGEST = 10**10


async def note(
    session: Session,
    /,
    caller: Caller | None,
    action: str,
    subject_kind: str,
    subject_id: UUID | str | None = None,
    *,
    programme: str | None = None,
    reason: str | None = None,
    **detail: Said | Sequence[Said],
) -> UUID:
    """Note in the caller's transaction who did what to what; gives the entry's id.

    `caller` is None for an operator's command and for what the platform does by itself. `action` is a verb in the past
    in snake_case (`organization_changed`), `subject_kind` a noun of the glossary. `detail` says codes, names of fields,
    ids and counts; anything else in it is hidden, so that no value of a person ever travels. Raises ValueError where
    `action` or `subject_kind` is no such word.
    """
    for word in (action, subject_kind):
        if not _VERB.fullmatch(word):
            message = f"{word!r} is no word in snake_case"
            raise ValueError(message)
    audit_id = new_id()
    tell(
        session,
        Audited(
            audit_id=audit_id,
            actor_id=caller.account_id if caller else None,
            roles=tuple(sorted(caller.roles)) if caller else (),
            organization_id=caller.organization_id if caller else None,
            action=action,
            subject_kind=subject_kind,
            subject_id=None if subject_id is None else str(_said(subject_id)),
            programme=programme,
            reason=None if reason is None else _scrubbed(reason),
            detail=_all_said(detail),
            request_id=logs.request_id(),
            at=await clock.now(session),
        ),
    )
    return audit_id


def _all_said(detail: Mapping[str, Said | Sequence[Said]]) -> dict[str, object]:
    """What a note says, value by value; lists keep their order."""
    return {
        name: [_said(one) for one in value] if isinstance(value, list | tuple) else _said(value)
        for name, value in detail.items()
    }


def _said(value: object) -> str | int | float | bool | None:
    """A code, an id, a count or a date as JSON holds it; anything else is hidden."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, UUID | date):
        return str(value) if isinstance(value, UUID) else value.isoformat()
    if isinstance(value, int | float):
        return value if abs(value) < _LARGEST else HIDDEN
    return value if isinstance(value, str) and _is_code(value) else HIDDEN


def _is_code(text: str) -> bool:
    """Whether a text is a code or an id, and holds neither an ID number nor a telephone number."""
    try:
        UUID(text)
    except ValueError:
        return bool(_CODE.fullmatch(text)) and _scrubbed(text) == text
    return True


def _scrubbed(text: str) -> str:
    """A text without ID numbers and telephone numbers, cut to the length that is kept."""
    return logs.MOBILE.sub(HIDDEN, logs.ID_NUMBER.sub(HIDDEN, text))[:LONGEST_REASON]
