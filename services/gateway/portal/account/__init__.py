"""Pages about one's own account: settings, sessions, passkeys, messages."""

from services.gateway.portal.account import documents, messages, settings
from services.gateway.portal.visit import Page

PAGES: tuple[Page, ...] = (
    Page("GET", "/account", settings.account),
    Page("POST", "/account", settings.change, "write"),
    Page("POST", "/account/email", settings.change_email, "login"),
    Page("POST", "/account/sessions/{session_id}/end", settings.end_session, "write"),
    Page("POST", "/account/passkeys", settings.add_passkey, "login"),
    Page("POST", "/account/passkeys/{passkey_id}", settings.rename_passkey, "write"),
    Page("POST", "/account/passkeys/{passkey_id}/revoke", settings.revoke_passkey, "write"),
    Page("GET", "/account/export", documents.export),
    Page("GET", "/submissions/{submission_id}/dossier", documents.dossier),
    Page("GET", "/messages", messages.messages),
    Page("POST", "/messages/read", messages.read_all, "write"),
    Page("POST", "/messages/{message_id}", messages.open_message, "write"),
)

__all__ = ["PAGES"]
