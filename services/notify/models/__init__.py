"""The tables of notify."""

from services.notify.models.announcements import Announcement
from services.notify.models.base import Table
from services.notify.models.letters import MAIL, URGENT, Delivery, Letter
from services.notify.models.mailbox import MailboxLetter
from services.notify.models.people import Organization, Recipient

__all__ = [
    "MAIL",
    "URGENT",
    "Announcement",
    "Delivery",
    "Letter",
    "MailboxLetter",
    "Organization",
    "Recipient",
    "Table",
]
