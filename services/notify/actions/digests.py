"""The daily digest: one letter for all that was written since the last, to those who want it so."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from services.notify.actions.writing import write
from services.notify.models import Letter
from services.notify.queries.digests import accounts_waiting, lines, waiting
from services.notify.queries.people import addressees
from services.notify.rules import CHINA, Draft, Json, Owner, digest_key, digest_moment
from shared.kit import clock
from shared.kit.clock import is_working_day
from shared.kit.database import Database, Session


async def write_digests(database: Database) -> None:
    """Write today's digests once their hour has come on a working day: a transaction a person.

    Done again and again all day: who has got today's digest gets no second one.
    """
    moment = digest_moment(await database.read(clock.now), is_working_day)
    if moment is None:
        return
    for account_id in await database.read(accounts_waiting, moment):
        await database.act(write_digest, account_id, moment)


async def write_digest(session: Session, account_id: UUID, moment: datetime) -> None:
    """Write one person's digest of what was written before that moment, and take its letters off the waiting list."""
    letters = await waiting(session, account_id, moment)
    owner = Owner(account_id)
    for addressee in await addressees(session, owner) if letters else ():
        items = await lines(session, letters, addressee.language)
        params: dict[str, Json] = {"items": items, "count": len(items), "at": moment.isoformat()}
        draft = Draft("daily_digest", owner, "/login", params, letters[0].programme, shown=False)
        await write(session, draft, addressee, digest_key(moment.astimezone(CHINA).date()))
    await session.execute(
        update(Letter).where(col(Letter.id).in_([letter.id for letter in letters])).values(for_digest=False)
    )
