"""The public API, line by line: method, path, service, function, who may knock, what may be sent, how often.

Paths stand without `/api/v1`; behind the door each service answers the same path. Read `services/<service>/api`
for what the function does.
"""

from services.gateway.rules.routes import Route

AUTH = (
    Route("POST", "/captchas", "auth", "make_captcha", "public", bucket="captcha", repeatable=True),
    Route("POST", "/registrations", "auth", "register", "public", "json", "registration"),
    Route("POST", "/sessions", "auth", "log_in", "public", "json", "login", knows_device=True),
    Route("DELETE", "/sessions/current", "auth", "log_out", bucket="write", works_before_change=True,
          ends_session=True),
    Route("GET", "/me", "auth", "me", works_before_change=True),
    Route("PATCH", "/me", "auth", "change_me", body="json", bucket="write", repeatable=True),
    Route("PUT", "/me/email", "auth", "change_email", body="json", bucket="write"),
    Route("POST", "/me/email-confirmations/{token}", "auth", "confirm_email", "public", bucket="reset"),
    Route("GET", "/me/sessions", "auth", "own_sessions"),
    Route("DELETE", "/me/sessions/{session_id}", "auth", "end_session", bucket="write"),
    Route("POST", "/me/password", "auth", "change_password", body="json", bucket="login", works_before_change=True),
    Route("POST", "/password-resets", "auth", "ask_reset", "public", "json", "reset"),
    Route("POST", "/password-resets/{token}", "auth", "set_password", "public", "json", "reset"),
    Route("GET", "/organizations", "auth", "organizations", "public"),
    Route("GET", "/admin/organizations", "auth", "all_organizations", "administrator"),
    Route("POST", "/admin/organizations", "auth", "make_organization", "administrator", "json", "write"),
    Route("PATCH", "/admin/organizations/{organization_id}", "auth", "change_organization", "administrator", "json",
          "write", repeatable=True),
    Route("GET", "/admin/reviewers", "auth", "reviewers_of", "administrator"),
    Route("POST", "/admin/reviewers", "auth", "invite_reviewer", "administrator", "json", "write"),
    Route("PATCH", "/admin/reviewers/{account_id}", "auth", "change_reviewer", "administrator", "json", "write",
          repeatable=True),
    Route("GET", "/admin/audit", "auth", "audit_trail", "administrator"),
    Route("GET", "/admin/audit/actions", "auth", "audit_actions", "administrator"),
    Route("GET", "/admin/audit.xlsx", "auth", "export_audit", "administrator", is_file=True),
)  # fmt: skip

PROFILE = (
    Route("GET", "/programmes", "profile", "programmes", "public"),
    Route("GET", "/programmes/{programme}", "profile", "programme", "public"),
    Route("GET", "/profiles/{programme}", "profile", "profile"),
    Route("POST", "/profiles/{programme}/sections", "profile", "save_sections", body="json", bucket="write",
          repeatable=True),
    Route("PUT", "/profiles/{programme}/sections/{section}", "profile", "save_section", body="json", bucket="write"),
    Route("POST", "/profiles/{programme}/sections/{section}/entries", "profile", "add_entry", body="json",
          bucket="write"),
    Route("PUT", "/profiles/{programme}/sections/{section}/entries/{entry_id}", "profile", "replace_entry", body="json",
          bucket="write"),
    Route("DELETE", "/profiles/{programme}/sections/{section}/entries/{entry_id}", "profile", "remove_entry",
          bucket="write"),
    Route("GET", "/profiles/{programme}/completeness", "profile", "completeness"),
    Route("GET", "/profiles/{programme}/form.pdf", "profile", "declaration_form", is_file=True),
    Route("GET", "/profiles/{programme}/accesses", "profile", "accesses"),
    Route("POST", "/scans", "profile", "upload_scan", body="upload", bucket="upload"),
    Route("GET", "/scans", "profile", "list_scans"),
    Route("GET", "/scans/{scan_id}", "profile", "scan"),
    Route("DELETE", "/scans/{scan_id}", "profile", "delete_scan", bucket="write"),
    Route("GET", "/scans/{scan_id}/pages/{page}", "profile", "scan_page", is_file=True),
    Route("GET", "/scans/{scan_id}/thumbnail", "profile", "scan_thumbnail", is_file=True),
    Route("GET", "/scans/{scan_id}/original", "profile", "scan_original", is_file=True),
    Route("POST", "/submissions", "profile", "submit", body="json", bucket="write"),
    Route("GET", "/submissions", "profile", "submissions"),
    Route("GET", "/submissions/{submission_id}", "profile", "submission"),
    Route("POST", "/submissions/{submission_id}/withdrawal", "profile", "withdraw", bucket="write"),
    Route("POST", "/change-requests", "profile", "ask_change", body="json", bucket="write"),
    Route("GET", "/change-requests", "profile", "change_requests"),
    Route("GET", "/change-requests/{change_request_id}", "profile", "change_request"),
    Route("POST", "/change-requests/{change_request_id}/withdrawal", "profile", "withdraw_change", bucket="write"),
    Route("PUT", "/admin/programmes/{programme}/window", "profile", "set_window", "administrator", "json", "write"),
    Route("PUT", "/admin/programmes/{programme}/window/extensions/{account_id}", "profile", "extend_window",
          "administrator", "json", "write"),
)  # fmt: skip

REVIEW = (
    Route("GET", "/review/cases", "review", "list_cases", "reviewer"),
    Route("GET", "/review/cases.xlsx", "review", "export_cases", "reviewer", is_file=True),
    Route("GET", "/review/cases/{case_id}", "review", "get_case", "reviewer"),
    Route("POST", "/review/cases/{case_id}/decisions", "review", "decide", "reviewer", "json", "write"),
    Route("GET", "/review/cases/{case_id}/neighbours", "review", "get_neighbours", "reviewer"),
    Route("PUT", "/review/cases/{case_id}/claim", "review", "claim", "reviewer", bucket="write", repeatable=True),
    Route("DELETE", "/review/cases/{case_id}/claim", "review", "release", "reviewer", bucket="write", repeatable=True),
    Route("GET", "/review/phrases", "review", "get_phrases", "reviewer"),
    Route("PUT", "/review/phrases", "review", "put_phrases", "reviewer", "json", "write", repeatable=True),
    Route("GET", "/review/colleagues", "review", "list_colleagues", "reviewer"),
    Route("GET", "/review/delegations", "review", "list_delegations", "reviewer"),
    Route("POST", "/review/delegations", "review", "delegate", "reviewer", "json", "write"),
    Route("DELETE", "/review/delegations/{delegation_id}", "review", "end_delegation", "reviewer", bucket="write"),
    Route("POST", "/review/decisions", "review", "decide_many", "reviewer", "json", "write"),
    Route("GET", "/review/change-requests", "review", "list_change_requests", "reviewer"),
    Route("GET", "/review/change-requests/{change_request_id}", "review", "get_change_request", "reviewer"),
    Route("POST", "/review/change-requests/{change_request_id}/decision", "review", "decide_change_request", "reviewer",
          "json", "write"),
    Route("GET", "/review/statistics", "review", "get_statistics", "reviewer"),
)  # fmt: skip

NOTIFY = (
    Route("GET", "/announcements", "notify", "announcements", "public"),
    Route("GET", "/announcements/{announcement_id}", "notify", "announcement", "public"),
    Route("GET", "/messages", "notify", "messages"),
    Route("POST", "/messages/{message_id}/read", "notify", "read_message", bucket="write", repeatable=True),
    Route("GET", "/admin/deliveries", "notify", "deliveries", "administrator"),
    Route("POST", "/admin/deliveries/{delivery_id}/retry", "notify", "retry_delivery", "administrator",
          bucket="write", repeatable=True),
    Route("POST", "/admin/announcements", "notify", "announce", "administrator", "json", "write"),
)  # fmt: skip

ROUTES = (*AUTH, *PROFILE, *REVIEW, *NOTIFY)

# Beside the API, and only in a local installation with the built-in mailbox.
MAILBOX = Route("GET", "/dev/mailbox/messages", "notify", "mailbox_messages", "public")
