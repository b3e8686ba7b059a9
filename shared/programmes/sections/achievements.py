"""Publications, patents, awards and projects: what both programmes call 业绩成果."""

from typing import Annotated, ClassVar

from shared.programmes.sections import choices
from shared.programmes.shape import (
    Date,
    Decimal,
    InOrder,
    Integer,
    OneOf,
    Record,
    Rule,
    Scans,
    Text,
    Words,
    optional,
    required,
)


class Publication(Record):
    """论文论著."""

    kind: Annotated[OneOf, required("类别", "Kind", of=choices.publication_kinds)]
    title: Annotated[Text, required("题目", "Title")]
    venue: Annotated[Text, required("发表刊物或出版社", "Journal or publisher")]
    published_on: Annotated[Date, required("发表时间", "Publication date")]
    author_rank: Annotated[Integer, required("本人排名", "Author rank", minimum=1, maximum=999)]
    doi_or_isbn: Annotated[Text, optional("DOI 或 ISBN", "DOI or ISBN")]
    indexed_by: Annotated[Text, optional("收录情况", "Indexed by")]
    scan: Annotated[Scans, optional("证明材料", "Proof")]


class Patent(Record):
    """专利."""

    name: Annotated[Text, required("专利名称", "Patent name")]
    number: Annotated[Text, required("专利号", "Patent number")]
    kind: Annotated[OneOf, required("专利类型", "Kind of patent", of=choices.patent_kinds)]
    status: Annotated[OneOf, required("专利状态", "Patent status", of=choices.patent_statuses)]
    granted_on: Annotated[Date, optional("授权时间", "Grant date")]
    inventor_rank: Annotated[Integer, required("发明人排名", "Inventor rank", minimum=1, maximum=999)]
    scan: Annotated[Scans, optional("证明材料", "Proof")]


class AchievementAward(Record):
    """科技成果获奖."""

    achievement: Annotated[Text, required("成果名称", "Achievement")]
    award: Annotated[Text, required("奖项名称", "Award")]
    level: Annotated[OneOf, required("奖项级别", "Level of the award", of=choices.levels)]
    grade: Annotated[Text, required("奖项等级", "Grade of the award", help=("如：一等奖", "For example: first class"))]
    granted_on: Annotated[Date, required("获奖时间", "Award date")]
    rank: Annotated[Integer, required("本人位次", "Own rank", minimum=1, maximum=999)]
    scan: Annotated[Scans, required("证明材料", "Proof", help=("获奖证书", "Award certificate"))]


class Project(Record):
    """承担项目（课题）."""

    rules: ClassVar[tuple[Rule, ...]] = (InOrder("started_on", "ended_on", Words("起始时间", "Start date")),)

    name: Annotated[Text, required("项目（课题）名称", "Project name")]
    source: Annotated[Text, required("项目来源", "Source of the project")]
    level: Annotated[OneOf, required("项目级别", "Project level", of=choices.levels)]
    number: Annotated[Text, optional("项目编号", "Project number")]
    started_on: Annotated[Date, required("起始时间", "Start date")]
    ended_on: Annotated[Date, optional("结束时间", "End date")]
    funding: Annotated[Decimal, optional("项目经费（万元）", "Funding (10,000 yuan)")]
    role: Annotated[Text, required("本人角色", "Own role")]
    scan: Annotated[Scans, optional("证明材料", "Proof")]
