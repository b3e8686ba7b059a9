"""Registration: what a newcomer gives, read by the programme's own fields, every fault at once."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from services.auth.rules import contacts, passwords, usernames
from services.auth.rules.accounts import context
from shared.contracts.refusals import Fault
from shared.contracts.texts import _
from shared.programmes.shape import Accounts, Fault as FieldFault, Faults, Json, Programme

NO_PROGRAMME = _("没有这个申报项目，或者它的帐号由管理员分配，不能自行注册。")
ACCEPT_TERMS = _("请阅读并同意用户协议。")


class Wanted(NamedTuple):
    """What somebody typed into the registration."""

    username: str
    password: str
    password_confirm: str
    accept_terms: bool
    values: Mapping[str, Any]


class Registration(NamedTuple):
    """A registration without faults: values as they are kept, the address as letters use it."""

    username: str
    name: str
    email: str
    mobile: str
    values: dict[str, Json]


def judge(programme: Programme | None, wanted: Wanted, *, trial: bool) -> tuple[Registration | None, list[Fault]]:
    """Read a registration; gives it, or everything that is wrong with it. `trial`: addresses under .test are good."""
    if programme is None or programme.registration is None or programme.accounts is not Accounts.SELF_REGISTERED:
        return None, [Fault("not_a_choice", NO_PROGRAMME, field="programme")]
    values, faults = _values(programme, wanted.values)
    email = contacts.email(str(values.get("email", "")), trial=trial)
    if email is None and not any(fault.field == "email" for fault in faults):
        faults.append(contacts.email_fault())
    faults += _account_faults(wanted, str(values.get("name", "")), email or "")
    if faults or email is None:
        return None, faults
    name, mobile = str(values.get("name", "")), str(values.get("mobile", ""))
    kept = {**values, "email": email}
    return Registration(usernames.written(wanted.username), name, email, mobile, kept), []


def _values(programme: Programme, given: Mapping[str, Any]) -> tuple[dict[str, Json], list[Fault]]:
    """The programme's own fields as they are kept, and what is wrong with them."""
    section = programme.registration
    if section is None:
        return {}, []
    missing = [_told(fault) for fault in section.missing(given)]
    try:
        return section.parse(given), missing
    except Faults as wrong:
        return {}, [*map(_told, wrong.faults), *missing]


def _account_faults(wanted: Wanted, name: str, email: str) -> list[Fault]:
    """What is wrong with username, passwords and consent."""
    words = context(wanted.username, name, email)
    found = [
        usernames.fault(wanted.username),
        passwords.fault(wanted.password, ("applicant",), words, field="password"),
    ]
    if wanted.password != wanted.password_confirm:
        found.append(Fault("passwords_differ", passwords.NOT_THE_SAME, field="password_confirm"))
    if not wanted.accept_terms:
        found.append(Fault("terms_not_accepted", ACCEPT_TERMS, field="accept_terms"))
    return [fault for fault in found if fault is not None]


def _told(fault: FieldFault) -> Fault:
    """A programme's fault as the platform tells it."""
    return Fault(fault.code, fault.message.both(), field=fault.field)
