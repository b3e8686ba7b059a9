"""Captchas: five digits as picture and sound, asked for once; Redis keeps them, PostgreSQL while it is away."""

import hmac
import secrets
import unicodedata
from datetime import timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import col

from services.auth.actions.drawing import draw
from services.auth.actions.fleeting import CAPTCHA_SECONDS, Fleeting
from services.auth.actions.gates import Gate
from services.auth.models import Captcha
from services.auth.schemas.entering import CaptchaShown
from services.auth.schemas.fields import WithCaptcha
from services.auth.settings import settings
from shared.contracts.refusals import Fault, Invalid
from shared.contracts.texts import _
from shared.kit.clock import now_sql
from shared.kit.database import Database, Session
from shared.kit.ids import new_id
from shared.kit.vault import vault

DIGITS = 5
WRONG = _("验证码不正确或已失效，请重新获取后填写。")


class Captchas:
    """Makes captchas and takes them back; `database` helps out while Redis is away."""

    def __init__(self, fleeting: Fleeting, database: Database) -> None:
        """Keep both stores."""
        self._fleeting, self._database = fleeting, database

    async def make(self) -> CaptchaShown:
        """A new captcha, good for five minutes and one answer."""
        captcha_id, text = new_id(), "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        image, audio = await _easel().run(lambda: draw(text))
        if not await self._fleeting.keep_captcha(captcha_id, text):
            await self._database.act(_keep, captcha_id, text)
        return CaptchaShown(captcha_id=captcha_id, image=image, audio=audio)

    async def demand(self, body: WithCaptcha) -> None:
        """Refuse with `captcha_wrong` unless the body answers a captcha; right or wrong, it is spent.

        Where captchas are off, nothing is looked at.
        """
        if not settings().captcha:
            return
        if body.captcha_id is None or not body.captcha_text:
            raise _wrong()
        text = await self._fleeting.take_captcha(body.captcha_id)
        given = _read(body.captcha_text)
        if text is None:
            fits = await self._database.act(_take, body.captcha_id, given)
        else:
            fits = hmac.compare_digest(text.encode(), given.encode())
        if not fits:
            raise _wrong()


def _wrong() -> Invalid:
    """The one refusal, whatever was wrong."""
    return Invalid("captcha_wrong", WRONG, faults=[Fault("captcha_wrong", WRONG, field="captcha_text")])


def _read(typed: str) -> str:
    """What was typed: full-width digits folded, blanks left out."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


async def _keep(session: Session, captcha_id: UUID, text: str) -> None:
    """Keep a captcha in the database."""
    ends_at = now_sql() + timedelta(seconds=CAPTCHA_SECONDS)
    await session.execute(insert(Captcha).values(id=captcha_id, answer=_indexed(captcha_id, text), ends_at=ends_at))


async def _take(session: Session, captcha_id: UUID, given: str) -> bool:
    """Take a captcha out of the database, and say whether the answer fits it."""
    taken = await session.execute(
        delete(Captcha)
        .where(col(Captcha.id) == captcha_id)
        .returning(col(Captcha.answer), col(Captcha.ends_at) > now_sql())
    )
    row = taken.first()
    return row is not None and row[1] and hmac.compare_digest(row[0], _indexed(captcha_id, given))


def _indexed(captcha_id: UUID, text: str) -> str:
    """A captcha's text as it stands in the database."""
    return vault().index(f"{captcha_id}:{text}", "captcha")


@cache
def _easel() -> Gate:
    """Two are drawn at once; each keeps a processor busy for a moment."""
    return Gate("captchas", 2, settings().hash_wait)
