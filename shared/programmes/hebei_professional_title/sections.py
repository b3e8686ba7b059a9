"""The sections of the Hebei programme that are its own."""

from typing import Annotated, ClassVar

from shared.programmes import facts
from shared.programmes.sections import IdNumberFits, choices
from shared.programmes.shape import (
    Date,
    Email,
    IdNumber,
    Integer,
    Mobile,
    OneOf,
    Organization,
    Photo,
    Record,
    Rule,
    Scans,
    Text,
    listed,
    optional,
    required,
)

_PHOTO_HELP = ("近期免冠正面彩色照片", "Recent, in colour, full face, without a hat")
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_HOURS = 2000

results = listed(
    ("excellent", "优秀", "Excellent"),
    ("competent", "合格", "Competent"),
    ("basically_competent", "基本合格", "Basically competent"),
    ("incompetent", "不合格", "Incompetent"),
)
learning_kinds = listed(
    ("public", "公需科目", "Public subjects"), ("professional", "专业科目", "Professional subjects")
)


class Basic(Record):
    """基本信息."""

    rules: ClassVar[tuple[Rule, ...]] = (IdNumberFits(),)

    name: Annotated[Text, required("姓名", "Name")]
    gender: Annotated[OneOf, required("性别", "Gender", of=facts.genders)]
    born_on: Annotated[Date, required("出生日期", "Date of birth")]
    id_type: Annotated[OneOf, required("证件类型", "Document type", of=facts.id_types)]
    id_number: Annotated[IdNumber, required("证件号码", "ID number")]
    id_scan: Annotated[Scans, required("证件扫描件", "Scan of the ID document", purpose="id_scan")]
    photo: Annotated[Photo, required("照片", "Photo", help=_PHOTO_HELP)]
    ethnicity: Annotated[OneOf, required("民族", "Ethnicity", of=facts.ethnicities)]
    political_status: Annotated[OneOf, required("政治面貌", "Political status", of=facts.political_statuses)]
    employer: Annotated[Organization, required("工作单位", "Employer")]
    post: Annotated[Text, optional("职务", "Post")]
    joined_work_on: Annotated[Date, required("参加工作时间", "Start of working life")]
    mobile: Annotated[Mobile, required("移动电话", "Mobile number")]
    email: Annotated[Email, required("电子邮箱", "E-mail address")]
    address: Annotated[Text, optional("通讯地址", "Postal address")]
    highest_education: Annotated[OneOf, required("最高学历", "Highest education", of=facts.education_levels)]
    highest_degree: Annotated[OneOf, required("最高学位", "Highest degree", of=facts.degrees)]


class CurrentTitle(Record):
    """现专业技术职务."""

    title: Annotated[Text, required("专业技术职务名称", "Professional title")]
    series: Annotated[OneOf, required("专业技术职务系列", "Title series", of=facts.title_series)]
    level: Annotated[OneOf, required("专业技术职务级别", "Title level", of=facts.title_levels)]
    granted_on: Annotated[Date, required("取得时间", "Date of the grant")]
    appointed_on: Annotated[Date, optional("聘任时间", "Date of the appointment")]
    granted_by: Annotated[Text, required("批准单位", "Granting body")]
    scan: Annotated[Scans, required("证明材料", "Proof", help=("职称证书", "Title certificate"))]


class AnnualAssessment(Record):
    """年度考核."""

    year: Annotated[Integer, required("考核年度", "Year of the assessment", minimum=_FIRST_YEAR, maximum=_LAST_YEAR)]
    result: Annotated[OneOf, required("考核结果", "Result", of=results)]
    scan: Annotated[Scans, optional("证明材料", "Proof")]


class ContinuingEducation(Record):
    """继续教育."""

    year: Annotated[Integer, required("学习年度", "Year of learning", minimum=_FIRST_YEAR, maximum=_LAST_YEAR)]
    kind: Annotated[OneOf, required("科目类别", "Kind of subjects", of=learning_kinds)]
    hours: Annotated[Integer, required("学时", "Hours", minimum=1, maximum=_HOURS)]
    scan: Annotated[Scans, optional("证明材料", "Proof")]


class Qualification(Record):
    """职业资格."""

    name: Annotated[Text, required("职业资格名称", "Qualification")]
    level: Annotated[OneOf, optional("职业资格级别", "Level of the qualification", of=choices.levels)]
    granted_on: Annotated[Date, required("取得时间", "Date of the grant")]
    certificate_number: Annotated[Text, required("证书编号", "Certificate number")]
    scan: Annotated[Scans, required("证明材料", "Proof", help=("职业资格证书", "Certificate of the qualification"))]
