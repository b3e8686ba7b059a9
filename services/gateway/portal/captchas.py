"""Captchas on pages: asked of auth with the page, shown from addresses of our own, since the policy wants them so."""

import base64
import re
from dataclasses import dataclass
from functools import partial
from typing import Literal

from services.gateway.clients import CacheAway
from services.gateway.portal.visit import Shown, Visit
from services.gateway.rules.headers import CAPTCHA_POLICY, Header
from shared.contracts.refusals import Missing, Unavailable

KEY = "portal:captcha:"
LIFETIME = 300
POLICY: Header = (b"content-security-policy", CAPTCHA_POLICY.encode())
POLICY_WITHOUT_CACHE: Header = (
    b"content-security-policy",
    CAPTCHA_POLICY.replace("img-src 'self'", "img-src 'self' data:")
    .replace("media-src 'self'", "media-src data:")
    .encode(),
)
_DATA_URI = re.compile(r"data:((?:image|audio)/[a-z0-9.+-]+);base64,([A-Za-z0-9+/=\s]+)")
Form = Literal["image", "audio"]


@dataclass(frozen=True, slots=True)
class Captcha:
    """A captcha on a page: its id, the addresses of its picture and sound, and the policy that the page needs."""

    captcha_id: str
    image: str
    audio: str
    policy: Header = POLICY


async def new_captcha(visit: Visit) -> Captcha | None:
    """Ask for a captcha and keep its picture and sound for five minutes; None where none is wanted.

    With Redis away they stand in the page itself: it is longer then, and nobody is locked out.
    """
    if not visit.desk.settings.captcha:
        return None
    reply = await visit.ask("auth", "POST", "/captchas")
    if reply.status != 201:  # noqa: PLR2004 - Created
        raise Unavailable(members={"part": "auth"}, retry_after=3)
    identifier = str(reply.content["captcha_id"])
    picture, sound = reply.content["image"], reply.content["audio"]
    try:
        await _keep(visit, {_key(identifier, "image"): picture, _key(identifier, "audio"): sound})
    except CacheAway:
        return Captcha(identifier, picture, sound, POLICY_WITHOUT_CACHE)
    return Captcha(identifier, f"/captchas/{identifier}/image", f"/captchas/{identifier}/audio")


async def _keep(visit: Visit, media: dict[str, str]) -> None:
    """Keep a captcha's picture and sound."""
    cache = visit.desk.cache
    for key, data in media.items():
        await cache.ask(partial(cache.client.set, key, data, ex=LIFETIME))


async def another(visit: Visit) -> Shown:
    """Another captcha, for a script to put in the place of one that nobody can read."""
    captcha = await new_captcha(visit)
    if captcha is None:
        raise Missing
    return Shown("public/captcha.html", {"captcha": captcha}, headers=(captcha.policy,))


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
