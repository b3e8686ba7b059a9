"""A third programme costs one folder: it goes through filing, return and approval with nothing else changed."""

from collections.abc import Callable

from tests.journeys.filling import ID_NUMBER
from tests.journeys.offices import SLUG, open_office, reviewer
from tests.journeys.people import Mailbox, Someone, new_applicant, that_says
from tests.journeys.platform import Platform
from tests.journeys.reviewing import decide, open_case, pass_tier, submission_when


def test_a_programme_of_one_folder_runs_from_filing_to_approval(
    platform: Platform, mailbox: Mailbox, as_demo: Callable[[str], Someone]
) -> None:
    admin = as_demo("admin")
    employer_id = open_office(admin, "白洋淀智能装备有限公司", "employer", "unit-baiyangdian")
    open_office(admin, "雄安人才工作办公室", "city_talent_office", "office-xiongan")
    unit, city = reviewer(platform.url, "unit-baiyangdian"), reviewer(platform.url, "office-xiongan")
    applicant = new_applicant(platform.url, "石明远")
    basic = {
        "name": "石明远", "id_type": "citizen_id", "id_number": ID_NUMBER, "employer": employer_id,
        "field_of_work": "智能装备",
    }  # fmt: skip
    applicant.call("PUT", f"/profiles/{SLUG}/sections/basic", basic)

    filed = applicant.call("POST", "/submissions", {"programme": SLUG}, status=201)
    assert [step["tier"] for step in filed["progress"]] == ["employer", "city_talent_office"]
    case = open_case(unit, filed["submission_id"], 1)
    remarks = [{"section": "basic", "field": "field_of_work", "comment": "请写明方向"}]
    decide(unit, case, "return", comment="请补充专业领域", remarks=remarks)
    submission_when(applicant, filed["submission_id"], status="returned")
    address = applicant.get("/me")["email"]
    letter = that_says(mailbox.wait_for(address, 3), "请补充专业领域")
    assert "雄安青年专家计划" in letter["subject"]

    applicant.call("PUT", f"/profiles/{SLUG}/sections/basic", {**basic, "field_of_work": "智能焊接机器人"})
    applicant.call("POST", "/submissions", {"programme": SLUG}, status=201)
    pass_tier(unit, filed["submission_id"], 2)
    pass_tier(city, filed["submission_id"], 2, category="gold")

    approved = submission_when(applicant, filed["submission_id"], status="approved")
    assert (approved["category"], approved["version"]) == ("gold", 2)
