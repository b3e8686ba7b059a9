"""The card of a public page: a picture that is drawn once for each revision, and kept."""

from typing import Any

from services.profile.actions.drawing import draw
from services.profile.actions.scans import page_key
from services.profile.models import Sharing
from services.profile.queries import sharing as queries
from services.profile.queries.programmes import programme_named
from shared.contracts.refusals import Missing
from shared.kit.database import Database, Session
from shared.kit.files import files


def card_key(row: Sharing) -> str:
    """Where the card of a revision is kept; the revision before is of no use any more."""
    return f"experts/{row.id}/{row.revision}"


async def card(database: Database, slug: str) -> bytes:
    """The card (PNG, 1200 by 630); 404 for what the public may not see."""
    row = await database.read(queries.public, slug)

    async def kept(session: Session) -> bytes:
        """The card as it was drawn before."""
        return await files().read(session, row.account_id, card_key(row))

    try:
        return await database.read(kept)
    except Missing:
        return await _drawn(database, row)


async def _drawn(database: Database, row: Sharing) -> bytes:
    """Draw the card, and keep it; that of the revision before is dropped."""
    words, photo = await database.read(_contents, row)
    picture = await draw("card.typ", words, {"photo.jpg": photo} if photo else {}, form="png")

    async def keep(session: Session) -> None:
        """Keep it under its person's key."""
        await files().keep(session, row.account_id, card_key(row), picture)

    await database.act(keep)
    await files().drop(f"experts/{row.id}/{row.revision - 1}")
    return picture


async def _contents(session: Session, row: Sharing) -> tuple[dict[str, Any], bytes | None]:
    """The words on a card, and the photo where it is shared."""
    shown = await queries.expert_shown(session, row)
    partner = programme_named(row.programme).partner
    means = {key: field.means for key, field in partner.offered.items()} if partner else {}
    said: dict[str, str] = {}
    for section in shown["sections"]:
        for item in (item for record in section["records"] for item in record):
            said.setdefault(means.get(item["key"]) or item["key"], item["shown"]["zh"])
    photo = None
    if row.photo is not None:
        try:
            photo = await files().read(session, row.account_id, page_key(row.photo, 1))
        except Missing:
            photo = None
    lines = [said[name] for name in ("jobTitle", "hasCredential", "worksFor") if name in said]
    words = {
        "name": shown["name"],
        "lines": lines,
        "site": partner.title.zh if partner else "",
        "programme": shown["programme_title"]["zh"],
        "url": shown["url"].removeprefix("https://").removeprefix("http://"),
        "photo": "photo.jpg" if photo else "",
    }
    return words, photo
