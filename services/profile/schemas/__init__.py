"""What callers send and what they receive."""

from services.profile.schemas.bodies import AskChange, Reveal, SealBatch, SealItem, Share, Submit, WindowBody
from services.profile.schemas.outcomes import (
    ChangeRequestOut,
    ChangeRequests,
    ScanOut,
    Scans,
    SubmissionOut,
    Submissions,
    Uploaded,
)
from services.profile.schemas.records import (
    Accesses,
    DocumentJob,
    History,
    OnDay,
    RevealableFields,
    RevealOut,
    SigningKeys,
    Verified,
    WindowsOut,
)
from services.profile.schemas.shapes import (
    Completeness,
    EntryOut,
    ProfileOut,
    ProgrammeOut,
    Programmes,
    SectionsOut,
    SingleOut,
)
from services.profile.schemas.sharing import ExpertOut, Experts, SharingOut

__all__ = [
    "Accesses",
    "AskChange",
    "ChangeRequestOut",
    "ChangeRequests",
    "Completeness",
    "DocumentJob",
    "EntryOut",
    "ExpertOut",
    "Experts",
    "History",
    "OnDay",
    "ProfileOut",
    "ProgrammeOut",
    "Programmes",
    "Reveal",
    "RevealOut",
    "RevealableFields",
    "ScanOut",
    "Scans",
    "SealBatch",
    "SealItem",
    "SectionsOut",
    "Share",
    "SharingOut",
    "SigningKeys",
    "SingleOut",
    "SubmissionOut",
    "Submissions",
    "Submit",
    "Uploaded",
    "Verified",
    "WindowBody",
    "WindowsOut",
]
