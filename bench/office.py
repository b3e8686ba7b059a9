"""Two offices of a small programme, and reviewers who approve whatever comes."""

from dataclasses import dataclass

from tests.journeys.filling import ID_NUMBER
from tests.journeys.offices import SLUG, open_office, reviewer
from tests.journeys.people import Someone
from tests.journeys.platform import Platform
from tests.journeys.reviewing import pass_tier, submission_when

PATIENCE = 90.0


@dataclass(frozen=True)
class Office:
    """An employer, and the two accounts that decide."""

    platform: Platform
    employer_id: str

    def approve_all(self, applicant: Someone) -> tuple[str, str]:
        """Fill, file, approve twice; gives the applicant's address and the submission's id."""
        basic = {
            "name": "石明远", "id_type": "citizen_id", "id_number": ID_NUMBER, "employer": self.employer_id,
            "field_of_work": "智能装备",
        }  # fmt: skip
        applicant.call("PUT", f"/profiles/{SLUG}/sections/basic", basic)
        submission_id = applicant.call("POST", "/submissions", {"programme": SLUG}, status=201)["submission_id"]
        pass_tier(reviewer(self.platform.url, "chaos-unit", PATIENCE), submission_id, 1)
        pass_tier(reviewer(self.platform.url, "chaos-city", PATIENCE), submission_id, 1, category="gold")
        submission_when(applicant, submission_id, status="approved")
        return str(applicant.get("/me")["email"]), str(submission_id)


def open_offices(platform: Platform) -> Office:
    """Make both organizations with a reviewer each."""
    admin = Someone(platform.url)
    admin.log_in("admin")
    employer_id = open_office(admin, "白洋淀智能装备有限公司", "employer", "chaos-unit")
    open_office(admin, "雄安人才工作办公室", "city_talent_office", "chaos-city")
    return Office(platform, employer_id)
