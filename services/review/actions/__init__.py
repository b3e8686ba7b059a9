"""The desk of review: everything that it does. Begin with `decide`; every case is moved by `move`."""

from services.review.actions.batch import decide_many
from services.review.actions.change_requests import know_change, withdraw_change
from services.review.actions.choices import put_choices
from services.review.actions.claims import claim, release
from services.review.actions.decide import decide
from services.review.actions.decide_change import decide_change
from services.review.actions.delegations import delegate, end_delegation
from services.review.actions.export import cancel_export, export_cases, file_key, forget_exports, write_export
from services.review.actions.figure_sheets import export_figures
from services.review.actions.handovers import ask_handover, hand_over
from services.review.actions.holidays import put_holiday, remove_holiday
from services.review.actions.move import move
from services.review.actions.open_case import close_withdrawn, open_case, raise_version
from services.review.actions.overdue import tell_overdue
from services.review.actions.phrases import put_phrases
from services.review.actions.read_case import read_case
from services.review.actions.read_changes import read_change, read_changes
from services.review.actions.reference import know_organization, know_reviewer
from services.review.actions.seals import unanswered_seals
from services.review.actions.tallies import fold_tallies
from services.review.actions.tier_export import export_tier

__all__ = [
    "ask_handover",
    "cancel_export",
    "claim",
    "close_withdrawn",
    "decide",
    "decide_change",
    "decide_many",
    "delegate",
    "end_delegation",
    "export_cases",
    "export_figures",
    "export_tier",
    "file_key",
    "fold_tallies",
    "forget_exports",
    "hand_over",
    "know_change",
    "know_organization",
    "know_reviewer",
    "move",
    "open_case",
    "put_choices",
    "put_holiday",
    "put_phrases",
    "raise_version",
    "read_case",
    "read_change",
    "read_changes",
    "release",
    "remove_holiday",
    "tell_overdue",
    "unanswered_seals",
    "withdraw_change",
    "write_export",
]
