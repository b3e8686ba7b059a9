"""The applicant's pages: home, profile, filing, progress, changes."""

from services.gateway.portal.applicant import (
    change_form,
    changes,
    entries,
    filing,
    home,
    personal,
    scans,
    sections,
    sharing,
)
from services.gateway.portal.visit import Page

PROFILE = "/profiles/{programme}"
SECTION = PROFILE + "/sections/{section}"
PAGES = (
    Page("GET", "/home", home.home),
    Page("GET", PROFILE, sections.overview),
    Page("POST", PROFILE, personal.save, "write", takes_files=True),
    Page("GET", SECTION, sections.section),
    Page("POST", SECTION, sections.save, "write", takes_files=True),
    Page("GET", SECTION + "/entries/new", entries.new),
    Page("POST", SECTION + "/entries/new", entries.add, "write", takes_files=True),
    Page("GET", SECTION + "/entries/{entry_id}", entries.edit),
    Page("POST", SECTION + "/entries/{entry_id}", entries.replace, "write", takes_files=True),
    Page("POST", SECTION + "/entries/{entry_id}/removal", entries.remove, "write"),
    Page("POST", SECTION + "/entries/{entry_id}/restoration", entries.restore, "write"),
    Page("POST", SECTION + "/order", entries.arrange, "write"),
    Page("POST", SECTION + "/absence", entries.declare_none, "write"),
    Page("POST", PROFILE + "/scans", scans.upload, "upload", takes_files=True),
    Page("GET", PROFILE + "/scans", scans.choices),
    Page("GET", PROFILE + "/scans/{scan_id}", scans.scan),
    Page("GET", PROFILE + "/check", filing.check),
    Page("POST", PROFILE + "/check", filing.file, "write"),
    Page("POST", PROFILE + "/withdrawal", filing.withdraw, "write"),
    Page("GET", PROFILE + "/sharing", sharing.sharing),
    Page("POST", PROFILE + "/sharing", sharing.share, "write"),
    Page("GET", PROFILE + "/accesses", sharing.accesses),
    Page("GET", "/submissions/{record_id}", filing.progress),
    Page("GET", "/change-requests", changes.listed),
    Page("GET", "/change-requests/new", change_form.form),
    Page("POST", "/change-requests/new", change_form.send, "write", takes_files=True),
    Page("GET", "/change-requests/{record_id}", changes.one),
    Page("POST", "/change-requests/{record_id}/withdrawal", changes.withdraw, "write"),
)

__all__ = ["PAGES"]
