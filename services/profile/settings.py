"""What an operator may turn in the profile service."""

from functools import cache
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from shared.kit.settings import LOOPBACK, Settings

SECRET = 32


class ProfileSettings(Settings):
    """The common settings, the service's database, and how much one account may keep."""

    database_url: str = Field(
        default="",
        validation_alias="JUXIAN_PROFILE_DATABASE_URL",
        description="PostgreSQL of the profile service: postgresql+psycopg://user:password@host:port/name.",
    )
    scan_files: int = Field(default=2_000, description="Scans that one account may keep.")
    scan_bytes: int = Field(default=10 * 1024**3, description="Bytes of scans that one account may keep.")
    scans_waiting: int = Field(default=300, description="Scans of one account that may wait to be processed.")
    clamav_url: str = Field(
        default="",
        description="ClamAV's clamd: tcp://host:3310 or unix:///path; empty: files are not searched for viruses.",
    )
    scan_notice_minutes: int = Field(
        default=15, description="Minutes after the last bad scan until its owner is written to."
    )
    seal_seconds: int = Field(
        default=60, description="Seconds after which a seal without a decision is asked about and lifted."
    )
    document_seconds: int = Field(default=20, description="Seconds that drawing one declaration form may take.")
    dossier_seconds: int = Field(default=300, description="Seconds that drawing one whole dossier may take.")
    dossier_hours: int = Field(default=24, description="Hours that a drawn dossier is kept for who asked for it.")
    partner_url: str = Field(
        default="",
        description="Where the partner (找专家网) is told what people share, by https; empty: our own pages alone.",
    )
    partner_secret: str = Field(
        default="", description="The secret, shared with the partner, that messages are signed with; 32 characters."
    )

    @model_validator(mode="after")
    def _check_partner(self) -> Self:
        """Refuse a partner without a good secret, or at an address that is never called."""
        if not self.partner_url:
            return self
        parts = urlsplit(self.partner_url)
        is_local = self.installation == "local" and parts.hostname in LOOPBACK
        if parts.scheme != "https" and not is_local:
            message = "JUXIAN_PARTNER_URL must be an https address."
            raise ValueError(message)
        if len(self.partner_secret) < SECRET:
            message = f"JUXIAN_PARTNER_SECRET must have {SECRET} characters at least."
            raise ValueError(message)
        return self


@cache
def settings() -> ProfileSettings:
    """The settings of this process, read once."""
    return ProfileSettings()
