"""The letter of an announcement: its title, its first words, what is attached, and where to read it all."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.notify.rules.drafts import Draft, Everyone, Json
from services.notify.rules.markdown import excerpt

ANNOUNCEMENT = "announcement"
FIRST_WORDS = 500


def of_announcement(
    announcement_id: UUID, title: str, body: str, published_at: datetime, files: Sequence[str], to: Everyone
) -> Draft:
    """To everyone whom it is for; who wants one letter a day finds it in that one."""
    params: dict[str, Json] = {
        "title": title,
        "excerpt": excerpt(body, FIRST_WORDS),
        "files": list(files),
        "at": published_at.isoformat(),
    }
    return Draft(ANNOUNCEMENT, to, f"/announcements/{announcement_id}", params, to.programme)
