"""What a password must be: long enough, not too long, hard to guess; no rule of composition (OWASP ASVS 5.0, 6.2)."""

import re
from collections.abc import Iterable

from zxcvbn import zxcvbn

from shared.contracts.refusals import Fault
from shared.contracts.texts import _

SHORTEST, SHORTEST_OF_STAFF, LONGEST = 8, 12, 128
WEAKEST_SCORE = 2
"""zxcvbn's scale from 0 to 4; 2 is about 10^6 guesses."""
READ = 72
"""Characters that zxcvbn looks at: its time grows with the square."""
OURS = ("juxian", "聚贤", "dezhou", "德州", "hebei", "河北", "rencai", "人才")

MISSING = _("请填写密码。")
TOO_SHORT = _("密码至少需要 {minimum} 个字符。")
TOO_LONG = _("密码最多 {maximum} 个字符。")
TOO_WEAK = _("密码过于简单，容易被猜中，请换一个更长或更少见的密码，且不要包含用户名、姓名或邮箱。")
NOT_THE_SAME = _("两次输入的密码不一致。")
AS_BEFORE = _("新密码不能与原密码相同。")


def shortest(roles: Iterable[str]) -> int:
    """Characters that a password needs at least: 8 for applicants, 12 for everyone who sees others' data."""
    return SHORTEST_OF_STAFF if set(roles) - {"applicant"} else SHORTEST


def fault(password: str, roles: Iterable[str], context: Iterable[str], field: str = "new_password") -> Fault | None:
    """What is wrong with a password for somebody with these roles, if anything.

    `context` are the words that an attacker would try first: username, name, address.
    """
    minimum = shortest(roles)
    if not password:
        return Fault("required", MISSING, field=field)
    if len(password) < minimum:
        return Fault("password_too_short", TOO_SHORT, field=field, values=(("minimum", minimum),))
    if len(password) > LONGEST:
        return Fault("password_too_long", TOO_LONG, field=field, values=(("maximum", LONGEST),))
    if is_weak(password, context):
        return Fault("password_too_weak", TOO_WEAK, field=field)
    return None


def is_weak(password: str, context: Iterable[str]) -> bool:
    """Whether the password is guessed too easily by somebody who knows these words."""
    judged = zxcvbn(password[:READ], user_inputs=sorted(words(context)))
    return int(judged["score"]) < WEAKEST_SCORE


def words(context: Iterable[str]) -> set[str]:
    """The single words of what is known about a person, and the platform's own."""
    parts = {part for text in context for part in (text, *re.split(r"[\W_]+", text))}
    return {part.lower() for part in {*parts, *OURS} if len(part) > 1}
