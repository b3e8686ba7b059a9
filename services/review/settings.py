"""What an operator may turn in the review service."""

from functools import cache

from pydantic import Field

from shared.kit.settings import Settings


class ReviewSettings(Settings):
    """The settings of review, beside those that every service knows."""

    database_url: str = Field(
        default="postgresql://juxian:juxian@127.0.0.1:5432/juxian_review",
        validation_alias="JUXIAN_REVIEW_DATABASE_URL",
        description="The review service's own PostgreSQL database.",
    )
    escalate_after: int = Field(
        default=3,
        ge=0,
        le=60,
        validation_alias="JUXIAN_REVIEW_ESCALATE_AFTER",
        description="Working days after a tier's last day until administrators hear of a case that still waits.",
    )
    exports_an_hour: int = Field(
        default=30,
        ge=1,
        le=1000,
        validation_alias="JUXIAN_REVIEW_EXPORTS_AN_HOUR",
        description="How many spreadsheets of worklists one reviewer may take in an hour.",
    )


@cache
def settings() -> ReviewSettings:
    """The settings of this process, read once."""
    return ReviewSettings()
