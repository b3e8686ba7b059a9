"""Door 1: announcements and messages for people, their keeping for administrators, the mailbox for developers."""

from fastapi import APIRouter

from services.notify.api import announcements, deliveries, internal, letters, mailbox, managed, messages

ROUTERS: tuple[APIRouter, ...] = (
    announcements.routes,
    messages.routes,
    managed.routes,
    deliveries.routes,
    letters.routes,
    mailbox.routes,
    internal.routes,
)
