"""Dezhou city high-level talent pool (德州市高层次人才库), after its user manual."""

from pathlib import Path

from shared.programmes.dezhou_talent_pool import basic, family, standing, works
from shared.programmes.dezhou_talent_pool.offices import OFFICES
from shared.programmes.sections import AchievementAward, Education, Patent, Project, Publication, Work
from shared.programmes.shape import (
    Accounts,
    AfterApproval,
    Category,
    Membership,
    Prefill,
    Programme,
    Record,
    Seat,
    Section,
    Support,
    Tier,
    Words,
)

_BEGINS = ("name", "mobile", "email", "professional_title", "highest_education", "highest_degree")


def _many(section: str, zh: str, en: str, model: type[Record], minimum: int = 0) -> Section:
    return Section(section, Words(zh, en), model, repeated=True, minimum=minimum)


PROGRAMME = Programme(
    programme="dezhou-talent-pool",
    title=Words("德州市高层次人才库", "Dezhou High-level Talent Pool"),
    accounts=Accounts.SELF_REGISTERED,
    registration=Section("registration", Words("个人用户注册", "Registration"), basic.Registration),
    prefill=Prefill(
        begins={"basic": _BEGINS},
        kept=("talent_type", "research_direction"),
        suggests={"research_direction": ("research_directions", "direction")},
    ),
    sections=(
        Section("basic", Words("基本情况", "Basic facts"), basic.Basic),
        _many("political_status", "政治面貌情况", "Political status", standing.PoliticalStatus),
        _many("titles", "专业技术职务情况", "Professional titles", standing.ProfessionalTitle),
        _many("education", "教育经历情况", "Education", Education, minimum=1),
        _many("work", "工作经历情况", "Work", Work, minimum=1),
        _many("affiliations", "主要学术和社会兼职情况", "Academic and social affiliations", standing.Affiliation),
        _many("political_meetings", "参加政治会议情况", "Political meetings", standing.PoliticalMeeting),
        _many("research_directions", "研究方向情况", "Research directions", standing.ResearchDirection),
        _many("honours", "主要荣誉称号情况", "Honours", standing.Honour),
        _many("publications", "论文论著情况", "Publications", Publication),
        _many("patents", "专利情况", "Patents", Patent),
        _many("achievement_awards", "科技成果获奖情况", "Awards for achievements", AchievementAward),
        _many("projects", "承担项目（课题）情况", "Projects", Project),
        _many("programme_funding", "享受人才工程资助情况", "Talent programme funding", works.ProgrammeFunding),
        _many("other_awards", "其他奖励情况", "Other awards", works.OtherAward),
        _many("accomplishments", "个人业绩情况", "Accomplishments", works.Accomplishment),
        _many("companies", "创办企业情况", "Companies founded", works.Company),
        _many("family_members", "家庭成员情况", "Family members", family.FamilyMember),
        _many("overseas_residency", "境外居住权情况", "Overseas residency", family.OverseasResidency),
    ),
    tiers=(
        Tier("employer", Words("所在单位", "Employer")),
        Tier(
            "county_hr_bureau",
            Words("县（市、区）人社局", "County HR bureau"),
            skipped_for_municipal=True,
            seat=Seat.COUNTY,
        ),
        Tier(
            "county_talent_office",
            Words("县（市、区）人才办", "County talent office"),
            skipped_for_municipal=True,
            seat=Seat.COUNTY,
        ),
        Tier(
            "city_service_centre",
            Words("市人才综合服务中心", "City service centre"),
            working_days=10,
            seat=Seat.CITY,
        ),
        Tier(
            "city_talent_office",
            Words("市人才办", "City talent office"),
            classifies=True,
            working_days=10,
            seat=Seat.CITY,
        ),
    ),
    categories=tuple(Category(letter, Words(f"{letter} 类", f"Class {letter}")) for letter in "ABCDE"),
    membership=Membership(Words("高层次人才用户", "Member of the talent pool"), prefix="DZ"),
    after_approval=AfterApproval.RETURN_OR_CHANGE_REQUESTS,
    support=Support(telephones=("0531-55575449", "0531-55575450"), qq_group="568699641"),
    offices=OFFICES,
    home=Path(__file__).parent,
)
