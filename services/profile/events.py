"""Door 2 of the profile service: event in, action."""

from services.profile.actions import change_decisions, handovers, progress, reference
from shared.contracts.events import (
    AccountChanged,
    AccountOpened,
    Approved,
    CaseHandedOver,
    ChangeDecided,
    ChangeHandedOver,
    DossierOpened,
    HolidayChanged,
    OrganizationChanged,
    Returned,
    TierDecided,
    TierReached,
)
from shared.kit.inbox import Hears

HEARS: Hears = {
    AccountOpened: reference.know_account,
    AccountChanged: reference.know_account,
    OrganizationChanged: reference.know_organization,
    HolidayChanged: reference.know_holiday,
    TierReached: progress.note_reached,
    CaseHandedOver: handovers.note_handed_over,
    TierDecided: progress.note_decided,
    Returned: progress.note_returned,
    Approved: progress.note_approved,
    DossierOpened: progress.note_opened,
    ChangeDecided: change_decisions.hear_change_decided,
    ChangeHandedOver: change_decisions.hear_change_handed_over,
}
