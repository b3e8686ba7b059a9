"""The tables of review."""

from services.review.models.base import Table
from services.review.models.case import Case
from services.review.models.change_request import ChangeRequest
from services.review.models.desk import Claim, Delegation, OwnDesk, PhraseBook
from services.review.models.export import SheetExport
from services.review.models.handover import Handover
from services.review.models.history import Entry
from services.review.models.reference import CalendarDay, MemberSeries, Organization, Reviewer
from services.review.models.snapshot import Snapshot
from services.review.models.tally import Tally
from services.review.models.turn import Sight, Turn

__all__ = [
    "CalendarDay",
    "Case",
    "ChangeRequest",
    "Claim",
    "Delegation",
    "Entry",
    "Handover",
    "MemberSeries",
    "Organization",
    "OwnDesk",
    "PhraseBook",
    "Reviewer",
    "SheetExport",
    "Sight",
    "Snapshot",
    "Table",
    "Tally",
    "Turn",
]
