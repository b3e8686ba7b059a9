"""The law of accounts: usernames, passwords, addresses, limits, names."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from services.auth.rules import contacts, limits, logins, passwords, usernames
from services.auth.rules.accounts import programmes_of
from shared.programmes.catalogue import PROGRAMMES

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zhang.Wei", "zhang.wei"), ("ＺＨＡＮＧ.wei", "zhang.wei"), (" straße ", "STRASSE"), ("ﬁne", "FINE")],
)
def test_two_spellings_are_one_username(one: str, other: str) -> None:
    assert usernames.key(one) == usernames.key(other)


@pytest.mark.parametrize(
    ("username", "code"),
    [
        ("zhang.wei", None), ("unit-lubei", None), ("hr-371402", None), ("张伟", None), ("a1", None), ("𠮷田", None),
        ("", "required"), ("  ", "required"), ("a", "username_form"), ("x" * 65, "username_form"),
        (".zhang", "username_form"), ("zhang wei", "username_form"), ("zhang/wei", "username_form"),
        ("<b>", "username_form"), ("zh\u200bang", "username_form"), ("zh\x00ang", "username_form"),
    ],
)  # fmt: skip
def test_what_a_username_may_be(username: str, code: str | None) -> None:
    fault = usernames.fault(username)

    assert (fault.code if fault else None) == code


def test_people_of_one_name_are_told_apart_by_a_number() -> None:
    assert list(islice(usernames.proposals("zhang.wei"), 3)) == ["zhang.wei", "zhang.wei2", "zhang.wei3"]


@pytest.mark.parametrize(
    ("password", "roles", "code"),
    [
        ("Qingfeng-lai-2026", ("applicant",), None),
        ("Juxian-demo-2026", ("reviewer",), None),
        ("  春风 又绿 江南岸  ", ("applicant",), None),
        ("x7!kQ2#p", ("applicant",), None),
        ("", ("applicant",), "required"),
        ("x7!kQ2#", ("applicant",), "password_too_short"),
        ("x7!kQ2#pL9v", ("reviewer",), "password_too_short"),
        ("x7!kQ2#pL9v", ("administrator",), "password_too_short"),
        ("k" * 129, ("applicant",), "password_too_long"),
        ("password123", ("applicant",), "password_too_weak"),
        ("12345678", ("applicant",), "password_too_weak"),
        ("zhang.wei1990", ("applicant",), "password_too_weak"),
        ("juxian2026", ("applicant",), "password_too_weak"),
    ],
)
def test_what_a_password_must_be(password: str, roles: tuple[str, ...], code: str | None) -> None:
    fault = passwords.fault(password, roles, ("zhang.wei", "张伟", "zhang.wei@demo.juxian.test"))

    assert (fault.code if fault else None) == code


def test_the_longest_password_is_accepted_whatever_it_is_made_of() -> None:
    assert passwords.fault("".join(chr(0x4E00 + 37 * n) for n in range(127)) + "𠮷", ("applicant",), ()) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("zhang.wei@demo.juxian.test", "zhang.wei@demo.juxian.test"), (" Li@Example.CN ", "Li@example.cn"),
        ("no address", None), ("a@b", None), ("a@b.cn\nbcc: x@y.cn", None), ("x" * 250 + "@b.cn", None), ("", None),
    ],
)  # fmt: skip
def test_what_an_address_is(text: str, kept: str | None) -> None:
    assert contacts.email(text, trial=True) == kept


def test_a_reserved_address_is_refused_where_letters_leave() -> None:
    assert contacts.email("zhang.wei@demo.juxian.test", trial=False) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("13805340001", "13805340001"), ("+86 138-0534-0001", "13805340001"), ("１３８０５３４０００１", "13805340001"),
        ("+4915112345678", "+4915112345678"), ("12805340001", None), ("1380534000", None), ("tel", None),
    ],
)  # fmt: skip
def test_what_a_mobile_number_is(text: str, kept: str | None) -> None:
    assert contacts.mobile(text) == kept


@pytest.mark.parametrize(
    ("limit", "on", "captcha", "most"),
    [
        (limits.LOGIN_NAME, True, True, 10), (limits.LOGIN_NAME, False, False, 10),
        (limits.LOGIN_ADDRESS, True, True, 30), (limits.LOGIN_ADDRESS, True, False, 300),
        (limits.LOGIN_ADDRESS, False, True, None), (limits.MISMATCH_NAME, True, False, 3),
        (limits.MISMATCH_NAME, False, True, None), (limits.MISMATCH_ADDRESS, True, False, 200),
    ],
)  # fmt: skip
def test_how_many_are_allowed(limit: limits.Limit, on: bool, captcha: bool, most: int | None) -> None:
    assert limits.allowance(limit, limits=on, captcha=captcha) == most


def test_the_wait_ends_when_the_oldest_leaves_the_window() -> None:
    assert limits.wait(limits.LOGIN_NAME, NOON - timedelta(minutes=14, seconds=30.5), NOON) == 30


@pytest.mark.parametrize(
    ("address", "net"),
    [
        ("203.0.113.7", "203.0.113.0/24"), ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"), ("", "unknown"), ("testclient", "unknown"),
    ],
)  # fmt: skip
def test_the_net_that_an_address_is_counted_with(address: str, net: str) -> None:
    assert limits.net_of(address) == net


def test_a_session_ends_half_an_hour_after_its_last_use_and_after_twelve_hours_at_the_latest() -> None:
    ends = NOON + timedelta(minutes=40)

    assert logins.expires_at(ends, NOON, 30) == NOON + timedelta(minutes=30)
    assert logins.expires_at(ends, NOON + timedelta(minutes=20), 30) == ends


def test_who_registered_may_open_every_programme_that_people_register_for() -> None:
    assert programmes_of("registration", (), PROGRAMMES) == ("dezhou-talent-pool",)
    assert programmes_of("import", ("hebei-professional-title",), PROGRAMMES) == ("hebei-professional-title",)
    assert programmes_of("invitation", (), PROGRAMMES) == ()
