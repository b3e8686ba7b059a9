"""What a registration must hold, and what is said when it does not."""

from typing import Any

import pytest

from services.auth.rules.registration import Registration, Wanted, judge
from shared.programmes.catalogue import PROGRAMMES
from tests.services.auth.world import DEZHOU, HEBEI, PASSWORD, REGISTRATION

OWN = ("username", "password", "password_confirm", "accept_terms")


def judged(programme: str = DEZHOU, /, **changes: object) -> tuple[Registration | None, list[tuple[str | None, str]]]:
    given = {name: value for name, value in (REGISTRATION | changes).items() if value is not None}
    values = {name: value for name, value in given.items() if name not in OWN}
    wanted = Wanted(
        str(given.get("username", "")),
        str(given.get("password", "")),
        str(given.get("password_confirm", "")),
        bool(given.get("accept_terms", False)),
        values,
    )
    accepted, faults = judge(PROGRAMMES.get(programme), wanted, trial=True)
    return accepted, [(fault.field, fault.code) for fault in faults]


def test_a_whole_registration_is_accepted() -> None:
    accepted, faults = judged()

    assert faults == []
    assert accepted is not None
    assert (accepted.username, accepted.name, accepted.mobile) == ("Zhang.Wei", "张伟", "13805340001")
    assert accepted.values["talent_type"] == "innovation"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"username": "x"}, ("username", "username_form")),
        ({"password": "short", "password_confirm": "short"}, ("password", "password_too_short")),
        ({"password_confirm": PASSWORD + "!"}, ("password_confirm", "passwords_differ")),
        ({"accept_terms": False}, ("accept_terms", "terms_not_accepted")),
        ({"name": None}, ("name", "required")),
        ({"talent_type": None}, ("talent_type", "required")),
        ({"talent_type": "wizard"}, ("talent_type", "not_a_choice")),
        ({"highest_education": "99999"}, ("highest_education", "not_a_choice")),
        ({"mobile": "110"}, ("mobile", "not_a_mobile")),
        ({"email": "nobody"}, ("email", "not_an_email")),
        ({"role": "administrator"}, ("role", "unknown_field")),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], fault: tuple[str, str]) -> None:
    accepted, faults = judged(**changes)

    assert accepted is None
    assert fault in faults


def test_everything_that_is_missing_is_said_at_once() -> None:
    _accepted, faults = judged(DEZHOU, **dict.fromkeys(REGISTRATION))

    assert {field for field, _code in faults} == set(REGISTRATION) - {"password_confirm"}


@pytest.mark.parametrize("programme", [HEBEI, "no-such-programme"])
def test_nobody_registers_for_a_programme_whose_accounts_are_assigned(programme: str) -> None:
    assert judged(programme) == (None, [("programme", "not_a_choice")])
