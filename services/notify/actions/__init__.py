"""The desk of notify: everything that it does."""

from services.notify.actions.announcements import (
    announce,
    change_announcement,
    delete_announcement,
    withdraw_announcement,
)
from services.notify.actions.attachments import Document, drop_files, keep_attachment, tidy_attachments
from services.notify.actions.deliveries import retry_deliveries, retry_delivery
from services.notify.actions.delivering import deliver
from services.notify.actions.digests import write_digest, write_digests
from services.notify.actions.mailbox import keep_arrived, tidy_mailbox
from services.notify.actions.mailing import mail_announcement
from services.notify.actions.messages import read_message, read_messages
from services.notify.actions.people import know_account, know_organization, open_account
from services.notify.actions.reading import read_announcement
from services.notify.actions.writing import write_letters

__all__ = [
    "Document",
    "announce",
    "change_announcement",
    "delete_announcement",
    "deliver",
    "drop_files",
    "keep_arrived",
    "keep_attachment",
    "know_account",
    "know_organization",
    "mail_announcement",
    "open_account",
    "read_announcement",
    "read_message",
    "read_messages",
    "retry_deliveries",
    "retry_delivery",
    "tidy_attachments",
    "tidy_mailbox",
    "withdraw_announcement",
    "write_digest",
    "write_digests",
    "write_letters",
]
