"""Hebei province's professional titles (河北省职称信息管理系统), after its user manual."""

from pathlib import Path

from shared.programmes.hebei_professional_title import sections as own
from shared.programmes.hebei_professional_title.sharing import EXPERT_SITE
from shared.programmes.sections import AchievementAward, Education, Patent, Project, Publication, Work
from shared.programmes.shape import Accounts, Prefill, Programme, Record, Section, Tier, Words

_ACHIEVEMENTS = Words("业绩成果", "Achievements")


def _many(section: str, zh: str, en: str, model: type[Record], minimum: int = 0) -> Section:
    return Section(section, Words(zh, en), model, repeated=True, minimum=minimum)


def _achieved(section: str, zh: str, en: str, model: type[Record]) -> Section:
    return Section(section, Words(zh, en), model, repeated=True, heading=_ACHIEVEMENTS)


PROGRAMME = Programme(
    programme="hebei-professional-title",
    title=Words("河北省职称信息管理系统 · 专业技术人员基础信息", "Hebei Professional Titles · Basic Facts"),
    accounts=Accounts.ASSIGNED,
    prefill=Prefill(begins={"basic": ("name", "id_type", "id_number", "mobile", "email", "employer")}),
    sections=(
        Section("basic", Words("基本信息", "Basic facts"), own.Basic),
        _many("education", "学历信息", "Education", Education, minimum=1),
        _many("work", "工作经历", "Work", Work, minimum=1),
        _many("current_titles", "现专业技术职务", "Current professional titles", own.CurrentTitle),
        _many("annual_assessments", "年度考核", "Annual assessments", own.AnnualAssessment),
        _many("continuing_education", "继续教育", "Continuing education", own.ContinuingEducation),
        _many("qualifications", "职业资格", "Qualifications", own.Qualification),
        _achieved("publications", "论文论著", "Publications", Publication),
        _achieved("patents", "专利", "Patents", Patent),
        _achieved("projects", "承担项目", "Projects", Project),
        _achieved("awards", "获奖情况", "Awards", AchievementAward),
    ),
    tiers=(Tier("employer", Words("所在单位", "Employer")),),
    shares_with=(EXPERT_SITE,),
    home=Path(__file__).parent,
)
