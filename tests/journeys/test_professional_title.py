"""The second manual: an assigned account, the employer's approval, and data that change by request alone."""

from collections.abc import Callable

import pytest

from tests.journeys.people import Mailbox, Someone, demo
from tests.journeys.platform import Platform, wait_until

TITLES = "hebei-professional-title"


def test_the_first_login_must_change_the_password_before_anything_else(platform: Platform) -> None:
    newcomer = Someone(platform.url)
    session = newcomer.log_in("zhao.lei")
    if not session["must_change_password"]:
        pytest.fail("zhao.lei has logged in before: the demo world is not fresh")

    assert newcomer.refused("GET", f"/profiles/{TITLES}") == (403, "password_change_required")
    assert newcomer.get("/me")["must_change_password"] is True
    same = {"current_password": "Juxian-demo-2026", "new_password": "Juxian-demo-2026"}
    assert newcomer.refused("POST", "/me/password", same)[0] == 422
    changed = {"current_password": "Juxian-demo-2026", "new_password": "Huai-an-Lu-1803"}
    newcomer.call("POST", "/me/password", changed, status=204)

    basic = next(part for part in newcomer.get(f"/profiles/{TITLES}")["sections"] if part["section"] == "basic")
    assert basic["values"]["name"] == "赵磊"
    assert newcomer.refused("GET", "/profiles/dezhou-talent-pool") == (404, "not_found")


def test_approved_data_change_by_request_alone(
    platform: Platform, mailbox: Mailbox, as_demo: Callable[[str], Someone]
) -> None:
    applicant, unit = as_demo("chen.jing"), as_demo("unit-hebei")
    waiting = applicant.get("/change-requests")["items"][-1]
    assert [(change["field"], change["new"]) for change in waiting["changes"]] == [("mobile", "13805342099")]
    assert waiting["changes"][0]["old"] != "13805342099"
    assert applicant.refused("PUT", f"/profiles/{TITLES}/sections/basic", {"name": "陈静"}) == (409, "approved")
    again = {"programme": TITLES, "section": "basic", "changes": {"mobile": "13805342000"}, "reason": "再次更换"}
    assert applicant.refused("POST", "/change-requests", again) == (409, "already_waiting")

    post = {"programme": TITLES, "section": "basic", "changes": {"post": "院长助理"}, "reason": "职务变动"}
    second = applicant.call("POST", "/change-requests", post, status=201)
    applicant.call("POST", f"/change-requests/{second['change_request_id']}/withdrawal")
    assert applicant.get(f"/change-requests/{second['change_request_id']}")["status"] == "withdrawn"

    letters = len(mailbox.to(demo("chen.jing")))
    path = f"/review/change-requests/{waiting['change_request_id']}"
    assert unit.refused("POST", f"{path}/decision", {"decision": "reject"}) == (422, "comment_missing")
    unit.call("POST", f"{path}/decision", {"decision": "approve"}, status=201)
    assert unit.refused("POST", f"{path}/decision", {"decision": "approve"}) == (409, "already_decided")

    def mobile() -> object:
        """The mobile number that the profile shows."""
        sections = applicant.get(f"/profiles/{TITLES}")["sections"]
        return next(part for part in sections if part["section"] == "basic")["values"]["mobile"]

    wait_until(lambda: mobile() == "13805342099", 40, "the new number in the profile")
    submission = applicant.get(f"/submissions/{waiting['submission_id']}")
    assert (submission["version"], submission["status"]) == (2, "approved")
    wait_until(lambda: len(mailbox.to(demo("chen.jing"))) == letters + 1, 40, "a letter on the decision")
