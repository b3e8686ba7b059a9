"""The first manual: from nothing to a member of Dezhou's talent pool, with one return on the way."""

from collections.abc import Callable

import pytest

from tests.journeys.filling import Filler, employer
from tests.journeys.people import Mailbox, Someone, demo, new_applicant, that_says
from tests.journeys.platform import Platform, wait_until
from tests.journeys.reviewing import decide, open_case, pass_tier, submission_when

POOL = "dezhou-talent-pool"
TIERS = ["employer", "county_hr_bureau", "county_talent_office", "city_service_centre", "city_talent_office"]


@pytest.mark.timeout(300)
def test_an_applicant_is_returned_once_corrects_and_becomes_a_member_of_class_b(
    platform: Platform, mailbox: Mailbox, as_demo: Callable[[str], Someone]
) -> None:
    applicant = new_applicant(platform.url)
    address = applicant.get("/me")["email"]
    unit, bureau, office, centre, city = (
        as_demo(name) for name in ("unit-lubei", "hr-371402", "office-371402", "centre-371400", "office-371400")
    )
    seen = {name: len(mailbox.to(demo(name))) for name in ("unit-lubei", "hr-371402", "office-371402")}
    mailbox.wait_for(address, 1)
    lubei = employer(applicant, "鲁北新材料有限公司")

    missing = applicant.call("POST", "/submissions", {"programme": POOL, "organization_id": lubei}, status=422)
    assert missing["code"] == "incomplete"
    filler = Filler(applicant, POOL, lubei)
    filler.fill()
    assert applicant.get(f"/profiles/{POOL}/completeness") == {"complete": True, "missing": []}

    filed = applicant.call("POST", "/submissions", {"programme": POOL, "organization_id": lubei}, status=201)
    assert [step["tier"] for step in filed["progress"]] == TIERS
    assert [step["state"] for step in filed["progress"]] == ["current", "todo", "todo", "todo", "todo"]
    submission_id = filed["submission_id"]

    pass_tier(unit, submission_id, 1, comment="情况属实，同意上报")
    case = open_case(bureau, submission_id, 1)
    assert case["changed_since_last_seen"] is None
    education = next(part for part in case["snapshot"]["sections"] if part["section"] == "education")
    entry = education["entries"][0]["entry_id"]
    decide(
        bureau,
        case,
        "return",
        comment="请补充学位证书并核对学校名称",
        remarks=[
            {"section": "education", "entry": entry, "field": "school", "comment": "学校名称须与证书一致"},
            {"section": "basic", "field": "address", "comment": "通讯地址不完整"},
        ],
    )

    returned = submission_when(applicant, submission_id, status="returned")
    assert [(remark["section"], remark.get("field"), remark["comment"]) for remark in returned["remarks"]] == [
        ("education", "school", "学校名称须与证书一致"),
        ("basic", "address", "通讯地址不完整"),
    ]
    letter = that_says(mailbox.wait_for(address, 4), "请补充学位证书并核对学校名称")
    assert "学校名称须与证书一致" in letter["text"]
    assert f"{platform.url}/submissions/{submission_id}" in letter["text"]

    path = f"/profiles/{POOL}/sections/education/entries/{entry}"
    school = next(part for part in filler.catalogue["sections"] if part["section"] == "education")
    applicant.call("PUT", path, {**filler.values(school), "school": "山东大学"})
    again = applicant.call("POST", "/submissions", {"programme": POOL, "organization_id": lubei}, status=201)
    assert (again["submission_id"], again["version"], again["tier"]) == (submission_id, 2, "employer")

    pass_tier(unit, submission_id, 2)
    changed = open_case(bureau, submission_id, 2)["changed_since_last_seen"]
    assert [(item["section"], item["field"], item["old"], item["new"]) for item in changed] == [
        ("education", "school", "示例内容", "山东大学")
    ]
    for reviewer in (bureau, office, centre):
        pass_tier(reviewer, submission_id, 2)
    last = open_case(city, submission_id, 2)
    refused = decide(city, last, "approve", status=422)
    assert refused["code"] == "category_missing"
    decide(city, last, "approve", category="B")

    member = submission_when(applicant, submission_id, status="approved")
    assert (member["category"], member["membership"]["category"]) == ("B", "B")
    assert member["membership"]["number"].startswith("DZ")
    assert [step["state"] for step in member["progress"]] == ["done"] * 5

    letter = that_says(mailbox.wait_for(address, 10), member["membership"]["number"])
    assert "B" in letter["text"]

    def new_letters() -> list[int]:
        return [len(mailbox.to(demo(name))) - before for name, before in seen.items()]

    wait_until(lambda: new_letters() == [2, 2, 1], 40, "two letters to the employer and the bureau, one to the office")


@pytest.mark.timeout(200)
def test_a_municipal_employers_applicant_goes_straight_to_the_city(
    platform: Platform, as_demo: Callable[[str], Someone]
) -> None:
    applicant = new_applicant(platform.url, "孙立群")
    institute = employer(applicant, "德州市应用技术研究院")
    Filler(applicant, POOL, institute, name="孙立群").fill(only_required=True)

    filed = applicant.call("POST", "/submissions", {"programme": POOL, "organization_id": institute}, status=201)
    assert [step["tier"] for step in filed["progress"]] == ["employer", "city_service_centre", "city_talent_office"]

    for username in ("unit-institute", "centre-371400"):
        pass_tier(as_demo(username), filed["submission_id"], 1)
    pass_tier(as_demo("office-371400"), filed["submission_id"], 1, category="C")

    assert submission_when(applicant, filed["submission_id"], status="approved")["category"] == "C"


@pytest.mark.timeout(200)
def test_until_the_employer_has_decided_the_applicant_may_edit_withdraw_and_file_again(
    platform: Platform, as_demo: Callable[[str], Someone]
) -> None:
    applicant, unit = new_applicant(platform.url, "高文博"), as_demo("unit-lubei")
    lubei = employer(applicant, "鲁北新材料有限公司")
    filler = Filler(applicant, POOL, lubei, name="高文博")
    filler.fill(only_required=True)
    filing = {"programme": POOL, "organization_id": lubei}
    submission_id = applicant.call("POST", "/submissions", filing, status=201)["submission_id"]
    old = open_case(unit, submission_id, 1)

    basic = next(part for part in filler.catalogue["sections"] if part["section"] == "basic")
    applicant.call("PUT", f"/profiles/{POOL}/sections/basic", {**filler.values(basic), "post": "总工程师"})
    assert applicant.call("POST", "/submissions", filing, status=201)["version"] == 2
    body = {"decision": "approve", "version": old["version"]}
    assert unit.refused("POST", f"/review/cases/{old['case_id']}/decisions", body) == (409, "version_superseded")

    applicant.call("POST", f"/submissions/{submission_id}/withdrawal")
    assert submission_when(applicant, submission_id, status="withdrawn")["version"] == 2
    third = applicant.call("POST", "/submissions", filing, status=201)
    assert (third["submission_id"], third["version"]) == (submission_id, 3)
    pass_tier(unit, submission_id, 3)

    assert applicant.refused("POST", f"/submissions/{submission_id}/withdrawal")[0] == 409
    assert applicant.refused("POST", "/submissions", filing) == (409, "already_in_review")
    assert applicant.refused("PUT", f"/profiles/{POOL}/sections/basic", {"name": "高文博"})[0] == 409


@pytest.mark.timeout(200)
def test_two_reviewers_at_once_one_wins_and_a_stranger_sees_nothing(
    platform: Platform, as_demo: Callable[[str], Someone]
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    applicant = new_applicant(platform.url, "潘雨桐")
    lubei = employer(applicant, "鲁北新材料有限公司")
    Filler(applicant, POOL, lubei, name="潘雨桐").fill(only_required=True)
    filing = {"programme": POOL, "organization_id": lubei}
    submission_id = applicant.call("POST", "/submissions", filing, status=201)["submission_id"]
    reviewers = [as_demo("unit-lubei") for _ in range(4)]
    case = open_case(reviewers[0], submission_id, 1)
    path = f"/api/v1/review/cases/{case['case_id']}/decisions"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda who: who.http.post(path, json={"decision": "approve", "version": 1}), reviewers))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    told = next(answer.json() for answer in answers if answer.status_code == 409)
    assert (told["code"], told["decision"]) == ("already_decided", "approve")
    stranger = as_demo("hr-371403")
    assert stranger.refused("GET", f"/review/cases/{case['case_id']}") == (404, "not_found")
