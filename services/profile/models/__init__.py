"""The tables of the profile service."""

from services.profile.models.base import Table
from services.profile.models.changes import ChangedField, ChangeRequest
from services.profile.models.document import Document
from services.profile.models.profile import Entry, Profile, RemovedEntry
from services.profile.models.reference import Account, CalendarDay, NumberSeries, Organization, Window, WindowExtension
from services.profile.models.scan import Scan, ScanJob, ScanNotice, ScanPrint, ScanReading, ScanRecheck
from services.profile.models.sharing import Sharing, SharingConsent, SharingPush
from services.profile.models.submission import (
    Access,
    Approval,
    Snapshot,
    SnapshotScan,
    Submission,
    TierProgress,
    Viewer,
)

__all__ = [
    "Access",
    "Account",
    "Approval",
    "CalendarDay",
    "ChangeRequest",
    "ChangedField",
    "Document",
    "Entry",
    "NumberSeries",
    "Organization",
    "Profile",
    "RemovedEntry",
    "Scan",
    "ScanJob",
    "ScanNotice",
    "ScanPrint",
    "ScanReading",
    "ScanRecheck",
    "Sharing",
    "SharingConsent",
    "SharingPush",
    "Snapshot",
    "SnapshotScan",
    "Submission",
    "Table",
    "TierProgress",
    "Viewer",
    "Window",
    "WindowExtension",
]
