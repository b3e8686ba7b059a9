"""Every event that one service tells another, by name; the envelope that carries it."""

from shared.contracts.events.audit import Audited
from shared.contracts.events.auth import (
    AccountChanged,
    AccountOpened,
    EmailChangeAsked,
    OrganizationChanged,
    PasswordChanged,
    PasswordResetAsked,
    SecurityNoticed,
)
from shared.contracts.events.base import EVENTS, Event, Remark, Teller, read_event
from shared.contracts.events.notify import DeliveryFailed
from shared.contracts.events.profile import (
    ChangeApplied,
    ChangeRequested,
    ChangeWithdrawn,
    RouteStep,
    ScanItem,
    ScansNeedAttention,
    SubmissionFiled,
    SubmissionWithdrawn,
)
from shared.contracts.events.review import (
    Approved,
    CaseHandedOver,
    ChangeDecided,
    ChangeHandedOver,
    DossierOpened,
    HolidayChanged,
    Overdue,
    Returned,
    TierDecided,
    TierReached,
)

__all__ = [
    "EVENTS",
    "AccountChanged",
    "AccountOpened",
    "Approved",
    "Audited",
    "CaseHandedOver",
    "ChangeApplied",
    "ChangeDecided",
    "ChangeHandedOver",
    "ChangeRequested",
    "ChangeWithdrawn",
    "DeliveryFailed",
    "DossierOpened",
    "EmailChangeAsked",
    "Event",
    "HolidayChanged",
    "OrganizationChanged",
    "Overdue",
    "PasswordChanged",
    "PasswordResetAsked",
    "Remark",
    "Returned",
    "RouteStep",
    "ScanItem",
    "ScansNeedAttention",
    "SecurityNoticed",
    "SubmissionFiled",
    "SubmissionWithdrawn",
    "Teller",
    "TierDecided",
    "TierReached",
    "read_event",
]
