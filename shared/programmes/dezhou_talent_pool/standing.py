"""What an applicant is in public: party, titles, affiliations, honours, directions of research."""

from typing import Annotated, ClassVar

from shared.programmes import facts
from shared.programmes.sections import choices
from shared.programmes.shape import (
    Date,
    InOrder,
    LongText,
    OneOf,
    Record,
    Rule,
    Scans,
    Text,
    Words,
    optional,
    required,
)


class PoliticalStatus(Record):
    """政治面貌情况."""

    party: Annotated[OneOf, required("政治面貌", "Political status", of=facts.political_statuses)]
    joined_on: Annotated[Date, required("参加时间", "Joining date")]
    scan: Annotated[Scans, optional("证明材料", "Proof")]


class ProfessionalTitle(Record):
    """专业技术职务情况."""

    title: Annotated[Text, required("专业技术职务名称", "Professional title")]
    series: Annotated[OneOf, optional("专业技术职务系列", "Title series", of=facts.title_series)]
    level: Annotated[OneOf, required("专业技术职务级别", "Title level", of=facts.title_levels)]
    granted_on: Annotated[Date, required("取得时间", "Date of the grant")]
    granted_by: Annotated[Text, required("批准单位", "Granting body")]
    certificate_number: Annotated[Text, optional("证书编号", "Certificate number")]
    scan: Annotated[Scans, required("证明材料", "Proof", help=("职称证书", "Title certificate"))]


class Affiliation(Record):
    """主要学术和社会兼职情况."""

    rules: ClassVar[tuple[Rule, ...]] = (InOrder("started_on", "ended_on", Words("起始时间", "Start date")),)

    organization: Annotated[Text, required("兼职单位", "Organization")]
    role: Annotated[Text, required("兼职职务", "Role")]
    started_on: Annotated[Date, required("起始时间", "Start date")]
    ended_on: Annotated[Date, optional("结束时间", "End date")]
    scan: Annotated[Scans, optional("证明材料", "Proof")]


class PoliticalMeeting(Record):
    """参加政治会议情况."""

    meeting: Annotated[Text, required("会议名称", "Meeting")]
    level: Annotated[OneOf, required("会议级别", "Level of the meeting", of=choices.levels)]
    role: Annotated[Text, required("参会身份", "Role at the meeting")]
    term: Annotated[Text, required("届次", "Term")]
    scan: Annotated[Scans, optional("证明材料", "Proof")]


class ResearchDirection(Record):
    """研究方向情况."""

    direction: Annotated[Text, required("研究方向", "Research direction")]
    discipline: Annotated[Text, required("所属学科", "Discipline")]
    keywords: Annotated[Text, optional("关键词", "Keywords")]
    summary: Annotated[LongText, optional("研究方向简介", "Summary")]


class Honour(Record):
    """主要荣誉称号情况."""

    title: Annotated[Text, required("荣誉称号", "Honorary title")]
    level: Annotated[OneOf, required("荣誉级别", "Level of the honour", of=choices.levels)]
    granted_on: Annotated[Date, required("授予时间", "Date of the grant")]
    granted_by: Annotated[Text, required("授予单位", "Granting body")]
    scan: Annotated[Scans, required("证明材料", "Proof", help=("荣誉证书", "Certificate of the honour"))]
