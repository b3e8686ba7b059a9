"""Pages for everybody: the start, programmes, announcements, registration, and what there is to read."""

from services.gateway.portal.public import announcements, reading, registration, start
from services.gateway.portal.visit import Page

PAGES: tuple[Page, ...] = (
    Page("GET", "/", start.start),
    Page("GET", "/welcome", start.welcome),
    Page("GET", "/programmes/{programme}", start.programme),
    Page("GET", "/announcements", announcements.announcements),
    Page("GET", "/announcements/{announcement_id}", announcements.announcement),
    Page("GET", "/register", registration.register_form, "captcha"),
    Page("POST", "/register", registration.register, "registration"),
    Page("GET", "/help", reading.help_page),
    Page("GET", "/terms", reading.terms),
    Page("GET", "/privacy", reading.privacy),
)

__all__ = ["PAGES"]
