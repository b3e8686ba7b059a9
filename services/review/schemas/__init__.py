"""What callers send and receive."""

from services.review.schemas.cases import (
    CaseItem,
    CaseShown,
    HistoryItem,
    Neighbours,
    OrganizationShown,
    Person,
    SnapshotShown,
    Sort,
    WorklistState,
)
from services.review.schemas.change_requests import ChangeItem, ChangeState, DecideChange
from services.review.schemas.decisions import (
    BatchAnswer,
    BatchItem,
    Decide,
    DecideMany,
    DecideOne,
    DecisionMade,
)
from services.review.schemas.desk import (
    Choices,
    ClaimShown,
    Colleagues,
    Delegate,
    Delegations,
    DelegationShown,
    Desk,
    Phrases,
    PutPhrases,
    View,
)
from services.review.schemas.exports import ExportShown
from services.review.schemas.handovers import HandOver, HandoverShown, OpenWork
from services.review.schemas.holidays import Holiday, Holidays, PutHoliday
from services.review.schemas.seals import SealAnswer, SealAnswers, SealAsked, SealsAsked
from services.review.schemas.statistics import By, Figures, GroupFigures, Reason, Statistics, TierFigures, Title

__all__ = [
    "BatchAnswer",
    "BatchItem",
    "By",
    "CaseItem",
    "CaseShown",
    "ChangeItem",
    "ChangeState",
    "Choices",
    "ClaimShown",
    "Colleagues",
    "Decide",
    "DecideChange",
    "DecideMany",
    "DecideOne",
    "DecisionMade",
    "Delegate",
    "DelegationShown",
    "Delegations",
    "Desk",
    "ExportShown",
    "Figures",
    "GroupFigures",
    "HandOver",
    "HandoverShown",
    "HistoryItem",
    "Holiday",
    "Holidays",
    "Neighbours",
    "OpenWork",
    "OrganizationShown",
    "Person",
    "Phrases",
    "PutHoliday",
    "PutPhrases",
    "Reason",
    "SealAnswer",
    "SealAnswers",
    "SealAsked",
    "SealsAsked",
    "SnapshotShown",
    "Sort",
    "Statistics",
    "TierFigures",
    "Title",
    "View",
    "WorklistState",
]
