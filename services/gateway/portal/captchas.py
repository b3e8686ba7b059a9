"""Captchas on pages: asked of auth with the page, shown from addresses of our own, since the policy wants them so."""

import base64
import re
from typing import Literal

from services.gateway.clients import CacheAway
from services.gateway.portal.visit import Shown, Visit
from services.gateway.rules.headers import CAPTCHA_POLICY, Header
from shared.contracts.refusals import Missing, Unavailable

KEY = "portal:captcha:"
LIFETIME = 300
POLICY: Header = (b"content-security-policy", CAPTCHA_POLICY.encode())
_DATA_URI = re.compile(r"data:((?:image|audio)/[a-z0-9.+-]+);base64,([A-Za-z0-9+/=\s]+)")
Form = Literal["image", "audio"]


async def new_captcha(visit: Visit) -> str | None:
    """Ask for a captcha and keep its picture and sound for five minutes; None where none is wanted."""
    if not visit.desk.settings.captcha:
        return None
    status, captcha = await visit.ask("auth", "POST", "/captchas")
    if status != 201:  # noqa: PLR2004 - Created
        raise Unavailable(members={"part": "auth"}, retry_after=3)
    identifier = str(captcha["captcha_id"])
    for form in ("image", "audio"):
        if data := captcha.get(form):
            await _keep(visit, _key(identifier, form), data)
    return identifier


async def _keep(visit: Visit, key: str, data: str) -> None:
    """Keep a captcha's picture or sound."""
    cache = visit.desk.cache
    try:
        await cache.ask(lambda: cache.client.set(key, data, ex=LIFETIME))
    except CacheAway as error:
        raise Unavailable(retry_after=3) from error


async def image(visit: Visit) -> Shown:
    """The picture of a captcha."""
    return await _show(visit, "image")


async def audio(visit: Visit) -> Shown:
    """The spoken form of a captcha, for those who do not see the picture."""
    return await _show(visit, "audio")


def _key(identifier: str, form: str) -> str:
    """Where it is kept."""
    return f"{KEY}{identifier}:{form}"


async def _show(visit: Visit, form: Form) -> Shown:
    """Read what was kept."""
    cache, key = visit.desk.cache, _key(visit.parameters["captcha_id"], form)
    try:
        kept = await cache.ask(lambda: cache.client.get(key))
    except CacheAway as error:
        raise Unavailable(retry_after=3) from error
    found = _DATA_URI.fullmatch(kept.decode() if isinstance(kept, bytes) else kept) if kept else None
    if found is None:
        raise Missing
    return Shown(content=base64.b64decode(found[2]), headers=((b"content-type", found[1].encode()),))
