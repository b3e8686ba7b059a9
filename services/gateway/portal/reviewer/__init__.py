"""The reviewers' part of the portal: worklist, exports, desk, batch, change requests, statistics, settings."""

from services.gateway.portal.reviewer import (
    batch,
    changes,
    choices,
    decide,
    desk,
    export,
    settings,
    statistics,
    worklist,
)
from services.gateway.portal.visit import Page

PAGES: tuple[Page, ...] = (
    Page("GET", "/review", worklist.worklist),
    Page("POST", "/review/columns", choices.put_columns, "write"),
    Page("POST", "/review/views", choices.save_view, "write"),
    Page("POST", "/review/views/forget", choices.forget_view, "write"),
    Page("GET", "/review/cases.xlsx", export.sheet),
    Page("GET", "/review/exports", export.recent),
    Page("GET", "/review/exports/{export_id}", export.progress),
    Page("POST", "/review/exports/{export_id}/cancel", export.cancel, "write"),
    Page("GET", "/review/batch", batch.confirm),
    Page("POST", "/review/batch", batch.run, "write"),
    Page("GET", "/review/statistics", statistics.statistics),
    Page("GET", "/review/settings", settings.settings),
    Page("POST", "/review/settings/keys", settings.put_keys, "write"),
    Page("POST", "/review/settings/mails", settings.put_mails, "write"),
    Page("POST", "/review/settings/phrases", settings.put_phrases, "write"),
    Page("POST", "/review/settings/delegations", settings.delegate, "write"),
    Page("POST", "/review/settings/delegations/{delegation_id}/end", settings.end_delegation, "write"),
    Page("GET", "/review/cases/{case_id}", desk.case),
    Page("POST", "/review/cases/{case_id}", decide.decide, "write"),
    Page("GET", "/review/change-requests", changes.change_requests),
    Page("GET", "/review/change-requests/{change_request_id}", changes.change_request),
    Page("POST", "/review/change-requests/{change_request_id}", changes.decide, "write"),
)

__all__ = ["PAGES"]
