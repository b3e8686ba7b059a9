"""The tables of notify."""

from services.notify.models.announcements import MAILINGS, Announcement, AnnouncementRead, Attachment, Mailing
from services.notify.models.base import Table
from services.notify.models.letters import MAIL, URGENT, Delivery, Letter
from services.notify.models.mailbox import MailboxLetter
from services.notify.models.people import Organization, Recipient

__all__ = [
    "MAIL",
    "MAILINGS",
    "URGENT",
    "Announcement",
    "AnnouncementRead",
    "Attachment",
    "Delivery",
    "Letter",
    "MailboxLetter",
    "Mailing",
    "Organization",
    "Recipient",
    "Table",
]
