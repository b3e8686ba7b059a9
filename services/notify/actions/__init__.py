"""The desk of notify: everything that it does."""

from services.notify.actions.announcements import announce
from services.notify.actions.deliveries import retry_delivery
from services.notify.actions.delivering import deliver
from services.notify.actions.digests import write_digest, write_digests
from services.notify.actions.mailbox import keep_arrived
from services.notify.actions.messages import read_message
from services.notify.actions.people import know_account, know_organization, open_account
from services.notify.actions.writing import write_letters

__all__ = [
    "announce",
    "deliver",
    "keep_arrived",
    "know_account",
    "know_organization",
    "open_account",
    "read_message",
    "retry_delivery",
    "write_digest",
    "write_digests",
    "write_letters",
]
