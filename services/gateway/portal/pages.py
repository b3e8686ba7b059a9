"""Every page of the portal, line by line: method, path, who draws it, how often it may be asked for."""

from collections.abc import Iterator

from services.gateway.portal import (
    account,
    admin,
    applicant,
    captchas,
    carrying,
    entry,
    experts,
    mailbox,
    passwords,
    public,
    reviewer,
)
from services.gateway.portal.functions import with_functions
from services.gateway.portal.visit import Page
from services.gateway.settings import GatewaySettings

PAGES = (
    *public.PAGES,
    *account.PAGES,
    *applicant.PAGES,
    *admin.PAGES,
    *reviewer.PAGES,
    *experts.PAGES,
    Page("GET", "/login", entry.login_form, "captcha"),
    Page("POST", "/login", entry.log_in, "login"),
    Page("POST", "/login/passkey", entry.log_in_by_passkey, "login"),
    Page("POST", "/logout", entry.log_out, "write"),
    Page("GET", "/session", carrying.session_mark),
    Page("GET", "/captchas/new", captchas.another, "captcha"),
    Page("GET", "/captchas/{captcha_id}/image", captchas.image),
    Page("GET", "/captchas/{captcha_id}/audio", captchas.audio),
    Page("GET", "/password", passwords.change_form),
    Page("POST", "/password", passwords.change, "login"),
    Page("GET", "/forgot", passwords.forgot_form, "captcha"),
    Page("POST", "/forgot", passwords.forgot, "reset"),
    Page("GET", "/reset/done", passwords.reset_done),
    Page("GET", "/reset/{token}", passwords.reset_form, "reset"),
    Page("POST", "/reset/{token}", passwords.reset, "reset"),
    Page("GET", "/email-confirmations/{token}", passwords.email_form, "reset"),
    Page("POST", "/email-confirmations/{token}", passwords.confirm_email, "reset"),
)


def pages(settings: GatewaySettings) -> Iterator[Page]:
    """The pages of this installation: a local one shows its mailbox."""
    yield from map(with_functions, PAGES)
    if settings.has_mailbox:
        yield Page("GET", "/dev/mailbox", mailbox.letters)
