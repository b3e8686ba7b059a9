"""基本情况: who the applicant is, and what registration asks for."""

from typing import Annotated, ClassVar

from shared.programmes import facts
from shared.programmes.dezhou_talent_pool import choices
from shared.programmes.sections import IdNumberFits
from shared.programmes.shape import (
    Date,
    Email,
    IdNumber,
    InOrder,
    LongText,
    Mobile,
    OneOf,
    Organization,
    Phone,
    Photo,
    Record,
    Rule,
    Scans,
    Text,
    Words,
    required,
)

_PHOTO_HELP = ("近期免冠正面彩色照片", "Recent, in colour, full face, without a hat")


class Registration(Record):
    """个人用户注册: what an account begins with, beside its name and password."""

    name: Annotated[Text, required("姓名", "Name")]
    mobile: Annotated[Mobile, required("移动电话", "Mobile number")]
    email: Annotated[Email, required("电子邮箱", "E-mail address")]
    talent_type: Annotated[OneOf, required("人才类型", "Talent type", of=choices.talent_types)]
    research_direction: Annotated[Text, required("研究方向", "Research direction")]
    professional_title: Annotated[Text, required("专业技术职务", "Professional title")]
    highest_education: Annotated[OneOf, required("最高学历", "Highest education", of=facts.education_levels)]
    highest_degree: Annotated[OneOf, required("最高学位", "Highest degree", of=facts.degrees)]


class Basic(Record):
    """基本情况; every field is required."""

    rules: ClassVar[tuple[Rule, ...]] = (
        IdNumberFits(),
        InOrder("service_started_on", "service_ends_on", Words("服务期限起始时间", "Start of the service period")),
    )

    name: Annotated[Text, required("姓名", "Name")]
    gender: Annotated[OneOf, required("性别", "Gender", of=facts.genders)]
    photo: Annotated[Photo, required("近期免冠正面彩色数码照片", "Photo", help=_PHOTO_HELP)]
    born_on: Annotated[Date, required("出生日期", "Date of birth")]
    native_place: Annotated[Text, required("籍贯", "Native place")]
    nationality: Annotated[OneOf, required("国籍", "Nationality", of=facts.countries)]
    ethnicity: Annotated[OneOf, required("民族", "Ethnicity", of=facts.ethnicities)]
    id_type: Annotated[OneOf, required("证件类型", "Document type", of=facts.id_types)]
    id_number: Annotated[IdNumber, required("证件号码", "ID number")]
    id_scan: Annotated[Scans, required("证件扫描件", "Scan of the ID document", purpose="id_scan")]
    political_status: Annotated[OneOf, required("政治面貌", "Political status", of=facts.political_statuses)]
    professional_title: Annotated[Text, required("专业技术职务", "Professional title")]
    highest_education: Annotated[OneOf, required("最高学历", "Highest education", of=facts.education_levels)]
    highest_degree: Annotated[OneOf, required("最高学位", "Highest degree", of=facts.degrees)]
    birthplace: Annotated[Text, required("出生地", "Birthplace")]
    introduction_mode: Annotated[OneOf, required("引进方式", "Mode of introduction", of=choices.introduction_modes)]
    employer: Annotated[Organization, required("工作单位", "Employer")]
    post: Annotated[Text, required("单位职务", "Post")]
    service_started_on: Annotated[Date, required("服务期限起始时间", "Start of the service period")]
    service_ends_on: Annotated[Date, required("服务期限终止时间", "End of the service period")]
    main_duties: Annotated[LongText, required("主要承担的工作内容", "Main duties")]
    mobile: Annotated[Mobile, required("移动电话", "Mobile number")]
    office_phone: Annotated[Phone, required("办公电话", "Office telephone")]
    email: Annotated[Email, required("电子邮箱", "E-mail address")]
    address: Annotated[Text, required("通讯地址", "Postal address")]
