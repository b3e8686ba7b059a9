"""The tables of the profile service."""

from services.profile.models.base import Table
from services.profile.models.changes import ChangedField, ChangeRequest
from services.profile.models.profile import Entry, Profile
from services.profile.models.reference import Account, NumberSeries, Organization, Window, WindowExtension
from services.profile.models.scan import Scan, ScanJob, ScanNotice, ScanReading, ScanRecheck
from services.profile.models.submission import Access, Snapshot, SnapshotScan, Submission, TierProgress, Viewer

__all__ = [
    "Access",
    "Account",
    "ChangeRequest",
    "ChangedField",
    "Entry",
    "NumberSeries",
    "Organization",
    "Profile",
    "Scan",
    "ScanJob",
    "ScanNotice",
    "ScanReading",
    "ScanRecheck",
    "Snapshot",
    "SnapshotScan",
    "Submission",
    "Table",
    "TierProgress",
    "Viewer",
    "Window",
    "WindowExtension",
]
