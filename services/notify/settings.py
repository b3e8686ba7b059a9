"""What an operator may turn in notify: its database, the sender, the mail server's patience, the mailbox's port."""

from email.utils import parseaddr
from functools import cache

from pydantic import Field, field_validator

from shared.kit.settings import Settings


class NotifySettings(Settings):
    """The settings of notify's processes: web, events and the mail workers."""

    database_url: str = Field(
        default="postgresql://juxian:juxian@127.0.0.1:5432/notify",
        validation_alias="JUXIAN_NOTIFY_DATABASE_URL",
        description="The database of notify.",
    )
    mail_from: str = Field(
        default="聚贤人才申报平台 <no-reply@juxian.test>", description="The sender of every letter: Name <address>."
    )
    mailbox_port: int = Field(default=8025, description="SMTP port of the built-in mailbox, on the loopback address.")
    smtp_connections: int = Field(default=8, ge=1, le=64, description="Connections that one mail worker keeps open.")
    mailings_per_second: int = Field(
        default=25,
        ge=1,
        le=200,
        description="Letters of announcements and imports that are let through each second, at most.",
    )
    smtp_timeout: float = Field(default=30.0, description="Seconds to wait for each answer of the mail server.")
    smtp_answer_timeout: float = Field(
        default=120.0, description="Seconds to wait for the answer to a whole letter (RFC 5321, 4.5.3.2.6)."
    )

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        """Refuse a sender without an address."""
        if "@" not in parseaddr(value)[1]:
            message = "JUXIAN_MAIL_FROM must be an address, or Name <address>"
            raise ValueError(message)
        return value

    @property
    def mail_domain(self) -> str:
        """The domain that Message-IDs end with: the sender's."""
        return parseaddr(self.mail_from)[1].rpartition("@")[2]

    @property
    def mail_server(self) -> str:
        """Where letters are handed in: the mail server, or the built-in mailbox; empty where there is neither."""
        return self.smtp_url or (f"smtp://127.0.0.1:{self.mailbox_port}" if self.has_mailbox else "")


@cache
def settings() -> NotifySettings:
    """The settings of this process."""
    return NotifySettings()
