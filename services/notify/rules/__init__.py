"""The law of letters: which event makes which letter, to whom, and in what words."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from services.notify.rules import of_accounts, of_changes, of_submissions
from services.notify.rules.addresses import masked
from services.notify.rules.digests import digest_key, digest_moment
from services.notify.rules.drafts import Administrators, Audience, Draft, Everyone, Json, Owner, Reviewers
from services.notify.rules.of_announcements import ANNOUNCEMENT, of_announcement
from services.notify.rules.words import CHINA, Reader, words
from shared.contracts import events
from shared.contracts.events import Event

WRITTEN_FOR: Mapping[type[Event], Callable[[Any], tuple[Draft, ...]]] = {
    events.AccountOpened: of_accounts.of_account_opened,
    events.PasswordResetAsked: of_accounts.of_password_reset,
    events.PasswordChanged: of_accounts.of_password_changed,
    events.EmailChangeAsked: of_accounts.of_email_change,
    events.SecurityNoticed: of_accounts.of_security_notice,
    events.SubmissionFiled: of_submissions.of_filed,
    events.SubmissionWithdrawn: of_submissions.of_withdrawn,
    events.TierReached: of_submissions.of_tier_reached,
    events.TierDecided: of_submissions.of_tier_decided,
    events.Returned: of_submissions.of_returned,
    events.Approved: of_submissions.of_approved,
    events.Overdue: of_submissions.of_overdue,
    events.ScansNeedAttention: of_submissions.of_scans,
    events.ChangeRequested: of_changes.of_change_requested,
    events.ChangeWithdrawn: of_changes.of_change_withdrawn,
    events.ChangeHandedOver: of_changes.of_change_handed_over,
    events.ChangeDecided: of_changes.of_change_decided,
}
"""Every event that a letter is written for: the Mails table of `domain.md`, row by row."""


def drafts_of(event: Event) -> tuple[Draft, ...]:
    """The letters that the event makes notify write; empty for one that nobody is told of."""
    write = WRITTEN_FOR.get(type(event))
    return write(event) if write else ()


def event_key(event: Event) -> UUID:
    """What an event is known by: the same for the same happening, however often and by whomever it is told."""
    return uuid5(NAMESPACE_URL, f"urn:juxian:{type(event).__name__}:{event.model_dump_json()}")


__all__ = [
    "ANNOUNCEMENT",
    "CHINA",
    "WRITTEN_FOR",
    "Administrators",
    "Audience",
    "Draft",
    "Everyone",
    "Json",
    "Owner",
    "Reader",
    "Reviewers",
    "digest_key",
    "digest_moment",
    "drafts_of",
    "event_key",
    "masked",
    "of_announcement",
    "words",
]
