"""Logging in: what is answered to whom, and when a session is over."""

from datetime import datetime, timedelta

from shared.contracts.refusals import Forbidden, TooMany, Unauthenticated
from shared.contracts.texts import _


class BadCredentials(Unauthenticated):
    """Unknown username, wrong password, disabled account: one answer, byte for byte (401)."""

    code = "bad_credentials"
    sentence = _("用户名或密码不正确。")


class AccountLocked(TooMany):
    """Too many wrong passwords for this name, whether it exists or not (429)."""

    code = "account_locked"
    sentence = _("密码错误次数过多，请稍后再试，或通过“忘记密码”重设密码。")


class OrganizationDisabled(Forbidden):
    """A reviewer whose organization is disabled (403); told to nobody who does not know the password."""

    code = "organization_disabled"
    sentence = _("您所在的单位已停用，不能登录审核。请联系平台管理员。")


def expires_at(ends: datetime, seen_at: datetime, idle_minutes: int) -> datetime:
    """When a session ends if nothing more is asked with it."""
    return min(ends, seen_at + timedelta(minutes=idle_minutes))
