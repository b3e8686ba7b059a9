"""What callers send and what they receive."""

from services.profile.schemas.bodies import AskChange, SealBatch, SealItem, Submit, WindowBody
from services.profile.schemas.shapes import (
    Accesses,
    ChangeRequestOut,
    ChangeRequests,
    Completeness,
    EntryOut,
    ProfileOut,
    ProgrammeOut,
    Programmes,
    ScanOut,
    Scans,
    SectionsOut,
    SingleOut,
    SubmissionOut,
    Submissions,
    Uploaded,
)

__all__ = [
    "Accesses",
    "AskChange",
    "ChangeRequestOut",
    "ChangeRequests",
    "Completeness",
    "EntryOut",
    "ProfileOut",
    "ProgrammeOut",
    "Programmes",
    "ScanOut",
    "Scans",
    "SealBatch",
    "SealItem",
    "SectionsOut",
    "SingleOut",
    "SubmissionOut",
    "Submissions",
    "Submit",
    "Uploaded",
    "WindowBody",
]
