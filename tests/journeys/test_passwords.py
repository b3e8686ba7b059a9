"""A forgotten password, as the first manual tells it; and sessions that end when they should."""

import re

from tests.journeys.people import Mailbox, Someone, new_applicant, that_says
from tests.journeys.platform import Platform

NEW = "Changhe-Luori-42"


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(platform: Platform, mailbox: Mailbox) -> None:
    owner = new_applicant(platform.url, "杜月明")
    address = owner.get("/me")["email"]
    visitor = Someone(platform.url)
    wrong = visitor.http.post(
        "/api/v1/password-resets", json={"username": owner.username, "email": "other@mail.test"}
    ).json()
    assert (wrong["code"], wrong["detail"]) == ("account_email_mismatch", "填写的帐号和邮箱不匹配，请核查后重试")

    visitor.call("POST", "/password-resets", {"username": owner.username, "email": address}, status=202)
    letter = that_says(mailbox.wait_for(address, 2), "/reset/")
    links = re.findall(rf"{re.escape(platform.url)}/reset/([\w-]+)", letter["text"])
    assert len(links) == 1
    page = visitor.http.get(f"/reset/{links[0]}")
    assert (page.status_code, page.headers["referrer-policy"]) == (200, "no-referrer")

    visitor.call("POST", f"/password-resets/{links[0]}", {"new_password": NEW}, status=204)
    assert visitor.refused("POST", f"/password-resets/{links[0]}", {"new_password": NEW}) == (410, "reset_link_dead")
    assert owner.refused("GET", "/me") == (401, "not_logged_in")
    old = {"username": owner.username, "password": "Luhe-Qingtian-77"}
    assert visitor.refused("POST", "/sessions", old) == (401, "bad_credentials")
    Someone(platform.url).log_in(owner.username, NEW)
    mailbox.wait_for(address, 3)


def test_a_link_of_half_an_hour_ago_is_dead(platform: Platform, mailbox: Mailbox) -> None:
    owner = new_applicant(platform.url, "杜月明")
    address = owner.get("/me")["email"]
    owner.call("POST", "/password-resets", {"username": owner.username, "email": address}, status=202)
    letter = that_says(mailbox.wait_for(address, 2), "/reset/")
    token = re.findall(r"/reset/([\w-]+)", letter["text"])[0]

    moved = owner.http.post("/dev/clock", json={"advance_seconds": 1801})

    assert moved.status_code == 204
    visitor = Someone(platform.url)
    assert visitor.refused("POST", f"/password-resets/{token}", {"new_password": NEW}) == (410, "reset_link_dead")


def test_a_logout_is_felt_at_once(platform: Platform) -> None:
    someone = new_applicant(platform.url)
    someone.get("/me")

    someone.call("DELETE", "/sessions/current", status=204)

    assert someone.refused("GET", "/me") == (401, "not_logged_in")
