"""What callers send and receive."""

from services.review.schemas.cases import (
    CaseItem,
    CaseShown,
    HistoryItem,
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
from services.review.schemas.seals import SealAnswer, SealAnswers, SealAsked, SealsAsked
from services.review.schemas.statistics import Statistics, TierFigures

__all__ = [
    "BatchAnswer",
    "BatchItem",
    "CaseItem",
    "CaseShown",
    "ChangeItem",
    "ChangeState",
    "Decide",
    "DecideChange",
    "DecideMany",
    "DecideOne",
    "DecisionMade",
    "HistoryItem",
    "OrganizationShown",
    "Person",
    "SealAnswer",
    "SealAnswers",
    "SealAsked",
    "SealsAsked",
    "SnapshotShown",
    "Sort",
    "Statistics",
    "TierFigures",
    "WorklistState",
]
