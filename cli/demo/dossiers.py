"""What the demo applicants have declared: plausible, invented, and whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cli.demo.cast import address
from cli.demo.people import Person

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Declared:
    """Whose dossier it is, where the person works, and the papers that prove it."""

    username: str
    person: Person
    mobile: str
    employer_id: UUID
    employer: str
    scans: Mapping[str, str]

    def basic(self) -> Values:
        """What both programmes ask first."""
        return {
            "name": self.person.name, "gender": self.person.gender, "photo": self.scans["photo"],
            "born_on": self.person.born_on.isoformat(), "ethnicity": self.person.ethnicity, "id_type": "citizen_id",
            "id_number": self.person.id_number, "id_scan": [self.scans["id_scan"]], "political_status": "01",
            "highest_education": "21", "highest_degree": "408", "employer": str(self.employer_id), "post": "总工程师",
            "mobile": self.mobile, "email": address(self.username), "address": self.person.address,
        }  # fmt: skip

    def education(self) -> list[Values]:
        """One degree."""
        year = self.person.born_on.year
        return [
            {
                "school": "山东大学", "degree": "408", "education_level": "21", "major": "材料成型及控制工程",
                "started_on": f"{year + 18}-09-01", "ended_on": f"{year + 22}-06-30",
                "scan": [self.scans["diploma"], self.scans["degree"]],
            }
        ]  # fmt: skip

    def work(self) -> list[Values]:
        """Where the person works to this day."""
        return [
            {
                "started_on": "2014-07-01", "current": True, "post": "总工程师", "employer": self.employer,
                "scan": [self.scans["work"]],
            }
        ]  # fmt: skip

    def titles(self) -> list[Values]:
        """A senior engineer."""
        return [
            {
                "title": "高级工程师", "level": "412", "granted_on": "2019-12-20",
                "granted_by": "山东省工程技术职务资格高级评审委员会", "certificate_number": "鲁2019A0123456",
                "scan": [self.scans["title"]],
            }
        ]  # fmt: skip

    def awards(self) -> list[Values]:
        """A provincial prize."""
        return [
            {
                "achievement": "高比能固态电池电解质关键技术", "award": "山东省科学技术进步奖", "level": "provincial",
                "grade": "二等奖", "granted_on": "2022-11-08", "rank": 2, "scan": [self.scans["award"]],
            }
        ]  # fmt: skip


def talent_pool(declared: Declared) -> tuple[Values, dict[str, list[Values]]]:
    """A dossier of Dezhou's talent pool: the first section's values, and the entries of the others."""
    basic = declared.basic() | {
        "native_place": "山东德州", "nationality": "CHN", "professional_title": "高级工程师",
        "birthplace": "山东省德州市", "introduction_mode": "full_time",
        "service_started_on": "2014-07-01", "service_ends_on": "2029-06-30",
        "main_duties": "负责固态电解质中试线的工艺开发与质量体系建设，指导青年技术人员。",
        "office_phone": "0534-2687001",
    }  # fmt: skip
    entries: dict[str, list[Values]] = {
        "political_status": [{"party": "01", "joined_on": "2009-06-18"}],
        "titles": declared.titles(),
        "education": declared.education(),
        "work": declared.work(),
        "affiliations": [{"organization": "山东省硅酸盐学会", "role": "理事", "started_on": "2020-05-01"}],
        "research_directions": [
            {"direction": "固态电解质材料", "discipline": "材料科学与工程", "keywords": "固态电池；硫化物；界面"}
        ],
        "publications": [
            {
                "kind": "paper", "title": "硫化物固态电解质界面稳定性研究", "venue": "无机材料学报",
                "published_on": "2021-03-15", "author_rank": 1, "indexed_by": "EI",
            }
        ],
        "patents": [
            {
                "name": "一种固态电解质薄膜的制备方法", "number": "ZL202010123456.7", "kind": "invention",
                "status": "granted", "granted_on": "2022-04-12", "inventor_rank": 1,
            }
        ],
        "achievement_awards": declared.awards(),
        "projects": [
            {
                "name": "固态电池关键材料产业化", "source": "山东省重点研发计划", "level": "provincial",
                "started_on": "2021-01-01", "ended_on": "2023-12-31", "funding": 320, "role": "项目负责人",
            }
        ],
        "accomplishments": [
            {"title": "建成年产 50 吨电解质中试线", "description": "主持设计并投产，良品率由 71% 提高到 93%。"}
        ],
        "family_members": [{"name": "赵敏", "relation": "配偶", "employer": "德州市实验小学", "post": "教师"}],
    }  # fmt: skip
    return basic, entries


def professional_title(declared: Declared) -> tuple[Values, dict[str, list[Values]]]:
    """A dossier of Hebei's professional titles."""
    basic = declared.basic() | {"joined_work_on": "2010-07-01"}
    title = declared.titles()[0]
    current = {name: title[name] for name in ("title", "level", "granted_on", "granted_by", "scan")} | {"series": "080"}
    entries: dict[str, list[Values]] = {
        "education": declared.education(),
        "work": declared.work(),
        "current_titles": [current],
        "annual_assessments": [
            {"year": 2024, "result": "excellent"},
            {"year": 2025, "result": "competent"},
        ],
        "continuing_education": [{"year": 2025, "kind": "public", "hours": 36}],
        "awards": declared.awards(),
    }
    return basic, entries
