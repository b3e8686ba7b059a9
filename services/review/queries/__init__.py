"""Reads of the review service."""

from services.review.queries.access import find, not_own, reached
from services.review.queries.authority import demand_administrator
from services.review.queries.calendar import Calendar, calendar_of
from services.review.queries.change_requests import (
    ChangeContent,
    change_item,
    change_page,
    decision_of_change,
    find_change,
    lacking_change,
    lacking_changes,
    open_change,
)
from services.review.queries.decisions import decision_of_round, has_seen_since
from services.review.queries.desk import claims_on, colleagues, delegation_of, delegations, phrases_of
from services.review.queries.erasure import refusing_erased
from services.review.queries.exports import export_of, export_shown, export_state, how_many, own_exports
from services.review.queries.figures import Wanted
from services.review.queries.filters import Filters, prepared
from services.review.queries.handovers import (
    handover_of,
    has_still_to_decide,
    heir_of,
    heirs_of,
    open_programmes,
    open_work,
    organization_known,
    taken_over,
)
from services.review.queries.history import history_of
from services.review.queries.holidays import holidays_of
from services.review.queries.items import item_of, items_of
from services.review.queries.neighbours import neighbours
from services.review.queries.office import OWN_DESK, choices_of, desk_of
from services.review.queries.organizations import organizations
from services.review.queries.pace import usual_days
from services.review.queries.sights import lacking_copies, seen_before
from services.review.queries.standings import route_of, standing_of
from services.review.queries.statistics import statistics
from services.review.queries.tampering import HISTORY_SEAL, Tampered, removed_cases, tampering_in
from services.review.queries.worklist import all_of, some_of, worklist

__all__ = [
    "HISTORY_SEAL",
    "OWN_DESK",
    "Calendar",
    "ChangeContent",
    "Filters",
    "Tampered",
    "Wanted",
    "all_of",
    "calendar_of",
    "change_item",
    "change_page",
    "choices_of",
    "claims_on",
    "colleagues",
    "decision_of_change",
    "decision_of_round",
    "delegation_of",
    "delegations",
    "demand_administrator",
    "desk_of",
    "export_of",
    "export_shown",
    "export_state",
    "find",
    "find_change",
    "handover_of",
    "has_seen_since",
    "has_still_to_decide",
    "heir_of",
    "heirs_of",
    "history_of",
    "holidays_of",
    "how_many",
    "item_of",
    "items_of",
    "lacking_change",
    "lacking_changes",
    "lacking_copies",
    "neighbours",
    "not_own",
    "open_change",
    "open_programmes",
    "open_work",
    "organization_known",
    "organizations",
    "own_exports",
    "phrases_of",
    "prepared",
    "reached",
    "refusing_erased",
    "removed_cases",
    "route_of",
    "seen_before",
    "some_of",
    "standing_of",
    "statistics",
    "taken_over",
    "tampering_in",
    "usual_days",
    "worklist",
]
