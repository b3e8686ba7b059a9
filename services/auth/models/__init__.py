"""The tables of auth."""

from services.auth.models.accounts import Account, AccountProgramme, Notice
from services.auth.models.audit import AuditEntry
from services.auth.models.base import Table
from services.auth.models.imports import ImportChunk, ImportRow, PeopleImport
from services.auth.models.links import EmailChange, PasswordLink
from services.auth.models.organizations import Organization
from services.auth.models.passkeys import Passkey, PasskeyChallenge
from services.auth.models.sessions import LoginSession
from services.auth.models.throttles import Attempt, Captcha

__all__ = [
    "Account",
    "AccountProgramme",
    "Attempt",
    "AuditEntry",
    "Captcha",
    "EmailChange",
    "ImportChunk",
    "ImportRow",
    "LoginSession",
    "Notice",
    "Organization",
    "Passkey",
    "PasskeyChallenge",
    "PasswordLink",
    "PeopleImport",
    "Table",
]
