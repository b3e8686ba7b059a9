"""Passkeys: whom the installation asks for one, and where they are good."""

from collections.abc import Collection
from typing import Literal
from urllib.parse import urlsplit

from shared.contracts.refusals import Conflict, Forbidden, Invalid, Unauthenticated
from shared.contracts.texts import _

Required = Literal["none", "administrators", "staff"]
ASKED: dict[Required, frozenset[str]] = {
    "none": frozenset(),
    "administrators": frozenset({"administrator", "operator"}),
    "staff": frozenset({"administrator", "operator", "reviewer"}),
}
MOST = 20
"""Passkeys of one account."""


class PasskeyUnknown(Unauthenticated):
    """No such passkey, revoked, of a disabled account, or a signature that does not hold: one answer (401)."""

    code = "passkey_unknown"
    sentence = _("该证书无法登录，请使用用户名和密码登录，或联系管理员。")


class PasskeyRequired(Forbidden):
    """The installation asks this account for a passkey (403)."""

    code = "passkey_required"
    sentence = _("您的帐号需要使用证书登录。")


class PasskeyMissing(Forbidden):
    """The account must first add a passkey (403)."""

    code = "passkey_required"
    sentence = _("请先为帐号添加证书。")


class ChallengeDead(Invalid):
    """The challenge was answered, is too old, or never was (422)."""

    code = "challenge_dead"
    sentence = _("操作已超时，请重新开始。")


class PasskeyRefused(Invalid):
    """What the authenticator gave does not hold (422)."""

    code = "passkey_refused"
    sentence = _("证书未能通过验证，请重试，或换一个证书。")


class PasskeyKnown(Conflict):
    """A passkey that was added before (409)."""

    code = "passkey_known"
    sentence = _("该证书已经添加过。")


class TooManyPasskeys(Conflict):
    """One account has so many passkeys at most (409)."""

    code = "too_many_passkeys"
    sentence = _("证书数量已达上限，请先删除不用的证书。")


def is_asked(required: Required, roles: Collection[str]) -> bool:
    """Whether an account with these roles is asked for a passkey."""
    return bool(ASKED[required] & set(roles))


def relying_party(public_url: str) -> str:
    """The domain that passkeys belong to: the host of the platform's address (WebAuthn, 5.1.2)."""
    return urlsplit(public_url).hostname or "localhost"


def origin(public_url: str) -> str:
    """The origin from which pages ask for them."""
    parts = urlsplit(public_url)
    return f"{parts.scheme}://{parts.netloc}"
