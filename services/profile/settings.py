"""What an operator may turn in the profile service."""

from functools import cache

from pydantic import Field

from shared.kit.settings import Settings


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
    scan_notice_minutes: int = Field(
        default=15, description="Minutes after the last bad scan until its owner is written to."
    )
    seal_seconds: int = Field(
        default=60, description="Seconds after which a seal without a decision is asked about and lifted."
    )
    document_seconds: int = Field(default=20, description="Seconds that drawing one declaration form may take.")


@cache
def settings() -> ProfileSettings:
    """The settings of this process, read once."""
    return ProfileSettings()
