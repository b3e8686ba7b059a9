"""Addresses for letters: how they are written, and when two are the same."""

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from shared.contracts.refusals import Fault
from shared.contracts.texts import _

NOT_AN_EMAIL = _("邮箱地址无效，请检查后重新填写。")
NOT_A_MOBILE = _("移动电话应为 11 位手机号码，境外号码请以 + 和国家代码开头。")
LONGEST = 254
MAINLAND = re.compile(r"1[3-9][0-9]{9}")
ABROAD = re.compile(r"\+[1-9][0-9]{6,14}")


def email(text: str, *, trial: bool) -> str | None:
    """The address as it is kept, or None where it is none.

    Nothing is asked of the network; addresses under `.test` are good in a trial, where no letter leaves.
    """
    try:
        found = validate_email(text.strip(), check_deliverability=False, test_environment=trial, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return found.normalized if len(found.normalized) <= LONGEST else None


def email_key(address: str) -> str:
    """What two spellings of one address have in common."""
    return address.strip().casefold()


def email_fault() -> Fault:
    """That the field `email` holds no address."""
    return Fault("not_an_email", NOT_AN_EMAIL, field="email")


def mobile(text: str) -> str | None:
    """The number as it is kept, or None: 11 digits of the mainland (+86 is dropped), or E.164 from abroad."""
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).removeprefix("+86")
    return number if MAINLAND.fullmatch(number) or ABROAD.fullmatch(number) else None


def mobile_fault() -> Fault:
    """That the field `mobile` holds no number."""
    return Fault("not_a_mobile", NOT_A_MOBILE, field="mobile")
