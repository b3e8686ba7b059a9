"""The law of review: pure functions over plain values."""

from services.review.rules.chain import GENESIS, Finding, Linked, Tampering, link, sealed_text, tampering
from services.review.rules.desk import CLAIMED_FOR, check_span
from services.review.rules.dossier import Content, changes, masked, masked_value, organizations_in
from services.review.rules.handovers import Party, check_heir
from services.review.rules.pace import Usual, tenths_of_days, usual
from services.review.rules.reach import region_seen
from services.review.rules.recorded import recorded
from services.review.rules.remarks import check_remarks, is_pinned
from services.review.rules.search import employer_terms, terms, tokens, wanted, wanted_employers
from services.review.rules.standing import (
    Applied,
    Decided,
    Filed,
    HandedOver,
    Happening,
    OutOfStep,
    Standing,
    State,
    Verb,
    Withdrawn,
    after,
    refiled,
)
from services.review.rules.turns import can_reopen, check_turn, is_holder, superseded
from services.review.rules.verdicts import check_verdict

FILE_AGAIN_DAYS = 15
"""Working days after a return in which it may be filed again although the window has closed (domain rule 1)."""

__all__ = [
    "CLAIMED_FOR",
    "FILE_AGAIN_DAYS",
    "GENESIS",
    "Applied",
    "Content",
    "Decided",
    "Filed",
    "Finding",
    "HandedOver",
    "Happening",
    "Linked",
    "OutOfStep",
    "Party",
    "Standing",
    "State",
    "Tampering",
    "Usual",
    "Verb",
    "Withdrawn",
    "after",
    "can_reopen",
    "changes",
    "check_heir",
    "check_remarks",
    "check_span",
    "check_turn",
    "check_verdict",
    "employer_terms",
    "is_holder",
    "is_pinned",
    "link",
    "masked",
    "masked_value",
    "organizations_in",
    "recorded",
    "refiled",
    "region_seen",
    "sealed_text",
    "superseded",
    "tampering",
    "tenths_of_days",
    "terms",
    "tokens",
    "usual",
    "wanted",
    "wanted_employers",
]
