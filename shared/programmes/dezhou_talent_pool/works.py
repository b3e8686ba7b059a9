"""What an applicant has done: funded programmes, other awards, accomplishments, companies founded."""

from typing import Annotated

from shared.programmes.facts import credit_code
from shared.programmes.sections import choices
from shared.programmes.shape import (
    Date,
    Decimal,
    LongText,
    OneOf,
    Record,
    Scans,
    Text,
    Type,
    optional,
    required,
)
from shared.programmes.shape.kinds import Kind

CreditCode = Annotated[str | None, Kind(Type.TEXT, credit_code.read, max_length=18)]


class ProgrammeFunding(Record):
    """享受人才工程资助情况."""

    programme: Annotated[Text, required("人才工程名称", "Talent programme")]
    level: Annotated[OneOf, required("人才工程级别", "Level of the programme", of=choices.levels)]
    granted_on: Annotated[Date, required("入选时间", "Date of selection")]
    amount: Annotated[Decimal, optional("资助金额（万元）", "Amount (10,000 yuan)")]
    scan: Annotated[Scans, required("证明材料", "Proof")]


class OtherAward(Record):
    """其他奖励情况."""

    award: Annotated[Text, required("奖励名称", "Award")]
    granted_on: Annotated[Date, required("奖励时间", "Award date")]
    granted_by: Annotated[Text, required("奖励单位", "Awarding body")]
    scan: Annotated[Scans, optional("证明材料", "Proof")]


class Accomplishment(Record):
    """个人业绩情况."""

    title: Annotated[Text, required("业绩名称", "Accomplishment")]
    description: Annotated[LongText, required("业绩描述", "Description")]
    achieved_on: Annotated[Date, optional("取得时间", "Date of the accomplishment")]
    scan: Annotated[Scans, optional("证明材料", "Proof")]


class Company(Record):
    """创办企业情况."""

    name: Annotated[Text, required("企业名称", "Company name")]
    credit_code: Annotated[CreditCode, required("统一社会信用代码", "Unified social credit code")]
    founded_on: Annotated[Date, required("成立时间", "Founding date")]
    role: Annotated[Text, required("担任职务", "Role in the company")]
    registered_capital: Annotated[Decimal, optional("注册资本（万元）", "Registered capital (10,000 yuan)")]
    main_business: Annotated[Text, optional("主营业务", "Main business")]
    scan: Annotated[Scans, optional("证明材料", "Proof")]
